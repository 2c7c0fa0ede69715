// The signals that tell a worker something, as events that its threads can wait for. Not by
// signalfd, which would need the signals blocked in every thread: processes that the application
// starts would inherit the mask and could not be terminated.
#pragma once

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::worker {

// From now on SIGUSR2 makes the returned descriptor readable: somebody wants to see the stacks.
// Once per process. In a forked child that does not exec it does nothing.
[[nodiscard]] Result<UniqueFd> take_stacks_signal();
// The application may have taken the signal for itself meanwhile.
[[nodiscard]] Result<> keep_stacks_signal();

struct StopSignals {
  UniqueFd stop;      // SIGTERM
  UniqueFd replaced;  // SIGUSR1: the same, and another worker is ready to take over
  // SIGHUP: no reason to stop, but to see whether the code has changed. Must be read. A terminal
  // that hangs up asks for it too, which does no harm.
  UniqueFd code_check;
};

// From now on these signals make the descriptors readable instead of ending the process; SIGINT
// from a terminal is left to httpd, and writing to a closed pipe is an error, not a signal. Once
// per process. In a forked child that does not exec the first two keep their usual effect, and
// SIGHUP has none.
[[nodiscard]] Result<StopSignals> take_stop_signals();

}  // namespace warp::worker
