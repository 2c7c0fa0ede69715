// What manifests are written for: decided before anything is written.
#pragma once

#include <cstdint>
#include <string>

#include "launcher/settings/settings.hpp"

namespace warp {

enum class Platform { kKubernetes, kOpenShift };

enum class ServedBy {
  kHttpd,  // which knows our time limits and has pages for probes
  kOther
};

struct ManifestRequest {
  Platform platform = Platform::kKubernetes;
  std::string name{};     // of the objects
  std::string image{};    // "registry.example/warpdrive-shop:1"
  bool is_built = false;  // by the cluster, into an image stream of that name
  std::string builder{};
  std::string source{};  // a repository's address; empty: what is sent is built
  std::string host{};    // empty: any
  ServedBy served_by = ServedBy::kHttpd;
  bool migrates = false;
  std::uint16_t port = 0;
  Settings settings{};
};

}  // namespace warp
