// What a project says of its server to whoever runs it in a container: its files, and nothing of
// the shell that asks.
#pragma once

#include "launcher/manifests/manifest_request.hpp"
#include "launcher/project/workspace.hpp"

namespace warp {

struct PackedSettings {
  Workspace workspace{};
  Settings settings{};
  ServedBy served_by = ServedBy::kHttpd;
  std::uint16_t port = 0;
};

// `here` is the same project as this shell has it, where its Python is.
[[nodiscard]] Result<PackedSettings> read_packed_settings(const Workspace& here,
                                                          const std::string& libexec_directory,
                                                          Host& host);

}  // namespace warp
