// The program that makes images: whichever of s2i, docker, podman and buildah is there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "launcher/host/host.hpp"

namespace warp {

struct Engine {
  std::string name{};     // "podman"
  std::string program{};  // its path
};

// The one that is named, or for "" and "auto" the first that is on the PATH and answers. The
// errors say what each of them said.
[[nodiscard]] Result<Engine> find_engine(std::string_view word, Host& host);

struct ImageBuild {
  std::string builder{};            // "warpdrive-builder"
  std::string image{};              // "warpdrive-mysite"
  std::string source{};             // the folder that goes into the image
  std::string dockerfile{};         // its path; s2i has no need of one
  std::vector<std::string> more{};  // arguments of the user's, for the engine
};
[[nodiscard]] std::vector<std::string> build_command(const Engine& engine, const ImageBuild& build);

// How the image is started.
[[nodiscard]] std::string run_hint(const Engine& engine, const std::string& image);

}  // namespace warp
