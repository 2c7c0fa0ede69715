// X-Sendfile: the application names a file instead of giving its bytes. Opened with the
// application's own rights, and only below the folders that the administrator has allowed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::python::wsgi {

struct OpenedFile {
  UniqueFd descriptor;
  std::uint64_t size = 0;
};

// `path`: absolute. Symbolic links are followed as long as they stay below the root that the path
// begins with. kNoPermission for a path outside all roots, kNotFound, kSystem; the text names path
// and roots.
[[nodiscard]] Result<OpenedFile> open_beneath(const std::vector<std::string>& roots,
                                              const std::string& path);

}  // namespace warp::python::wsgi
