// Processes that the application forks without exec (multiprocessing does) must not keep the
// worker's channels open: when the worker dies, httpd's children have to see it.
#pragma once

#include "worker/listener.hpp"

namespace warp::worker {

// For every later fork of this process; the listener must live as long as it forks. Once per
// process.
void guard_forks(Listener& listener);

// This process was forked from a guarded one: its channels are gone, and threads that it does not
// have may hold the locks.
[[nodiscard]] bool is_forked_process();

}  // namespace warp::worker
