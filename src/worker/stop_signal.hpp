// SIGTERM as an event that the main thread can wait for. Not by signalfd, which would need the
// signal blocked in every thread: processes that the application starts would inherit the mask and
// could not be terminated.
#pragma once

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::worker {

// From now on SIGTERM makes the returned descriptor readable instead of ending the process; SIGINT
// and SIGHUP from a terminal are left to httpd, and writing to a closed pipe is an error, not a
// signal. Once per process. A forked child that does not exec keeps SIGTERM's usual effect.
[[nodiscard]] Result<UniqueFd> take_stop_signal();

}  // namespace warp::worker
