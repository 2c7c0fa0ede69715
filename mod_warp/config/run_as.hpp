// The user that a group's workers run as. Everything is looked up before a process is forked: the
// functions that do it are not async-signal-safe.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.hpp"
#include "mod_warp/core/group_options.hpp"

namespace warp {

struct RunAs {
  bool is_switched = false;  // httpd is root and the workers are another user
  uid_t user = 0;
  gid_t group = 0;
  std::vector<gid_t> groups;  // supplementary
  std::string name;           // empty when not switched
  std::string home;
};

// user= and group= of the group, else httpd's User and Group.
[[nodiscard]] Result<RunAs> resolve_run_as(const core::GroupOptions& options);

enum class Access : int { kRead, kEnter };  // a file's text; a directory

struct NeededPath {
  std::string path;
  Access access{};
};
// Tries the paths in a process of that user. kNoPermission names the first that it may not use and
// the remedy.
[[nodiscard]] Result<> check_access(const RunAs& run_as, const std::vector<NeededPath>& needed);

// Switches this process. Async-signal-safe; false leaves errno.
[[nodiscard]] bool become(const RunAs& run_as) noexcept;

}  // namespace warp
