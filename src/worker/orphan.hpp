// A forked process that becomes a child of the supervisor, and not of the process that forked it.
#pragma once

#include <sys/types.h>

#include "base/result.hpp"
#include "worker/application.hpp"

namespace warp::worker {

// Forks twice: the process in between ends at once, and the kernel gives its child to the nearest
// process that adopts orphans (PR_SET_CHILD_SUBREAPER). Gives 0 in the new process and its pid in
// the old one, when it has its new parent; -1 when there is none.
[[nodiscard]] pid_t fork_orphan(Application& application);

// In the new process: returns when `parent` has adopted it.
[[nodiscard]] Result<> await_parent(pid_t parent);

}  // namespace warp::worker
