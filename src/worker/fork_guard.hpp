// Processes that the application forks without exec (multiprocessing does) must not keep the
// worker's channels open: when the worker dies, httpd's children have to see it.
#pragma once

#include "worker/listener.hpp"

namespace warp::worker {

// Descriptors that a forked process must not use, beside the listener's.
struct PrivateDescriptors {
  int status = -1;  // to the supervisor
  int crash = -1;   // what a crash of the forked process says goes to standard error
};

// For every later fork of this process; the listener must live as long as it forks. Once per
// process.
void guard_forks(Listener& listener, const PrivateDescriptors& descriptors = {});

// This process was forked from a guarded one: its channels are gone, and threads that it does not
// have may hold the locks.
[[nodiscard]] bool is_forked_process();

}  // namespace warp::worker
