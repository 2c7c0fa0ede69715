// A Django project's static files: collected, and compressed beside the originals.
#pragma once

#include "launcher/build/build_site.hpp"

namespace warp {

// Who serves what has been collected.
enum class StaticFilesOf { kNobody, kApplication, kServer };

// Nothing for another project. The settings file is not touched: a STATIC_ROOT that is missing is a
// folder of the state, a SECRET_KEY that is missing is made up for the build, and both are said. A
// collection that fails is an error. DISABLE_COLLECTSTATIC, if it is not 0, is honoured. kNobody:
// there are no files, or they are at a place elsewhere.
[[nodiscard]] Result<StaticFilesOf> collect_and_compress(const BuildSite& site, Host& host);

// Where the static files of a project without STATIC_ROOT are, for the server.
struct CollectedFiles {
  std::string url{};
  std::string folder{};
};
[[nodiscard]] std::optional<CollectedFiles> read_collected(const std::string& state);

// The variable that a settings module missed: the name, with SECRET in it, that the last line of
// Python's words has. "" for none.
[[nodiscard]] std::string missing_secret_in(std::string_view words);

}  // namespace warp
