// A log that another program writes to, in a place where others may write too.
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

// For appending; made when it is not there. -1 with errno: never waits, follows no link as the last
// part, and takes regular files and character devices only. Close-on-exec. Async-signal-safe.
[[nodiscard]] int open_log_file(int folder, const char* name) noexcept;

// Opened by root in a folder that only root can change or replace: each part of the path is root's,
// and no link. An invalid one when the folder is none such.
[[nodiscard]] Result<UniqueFd> open_log_in_folder_of_root(const std::string& path, uid_t owner,
                                                          gid_t group);

}  // namespace warp
