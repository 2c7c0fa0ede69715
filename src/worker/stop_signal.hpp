// The supervisor's word that the worker is to end, as an event that the main thread can wait for:
// SIGTERM, or SIGUSR1 when another worker has taken over. Not by signalfd, which would need the
// signals blocked in every thread: processes that the application starts would inherit the mask and
// could not be terminated.
#pragma once

#include <utility>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::worker {

class StopSignal final {
 public:
  StopSignal() = default;
  explicit StopSignal(UniqueFd event) : event_(std::move(event)) {}

  // Readable when one of the signals has come.
  [[nodiscard]] int event() const { return event_.get(); }
  // Only SIGUSR1 has.
  [[nodiscard]] bool is_handover() const;

 private:
  UniqueFd event_;
};

// From now on both are events of the calling process instead of its end; SIGINT and SIGHUP from a
// terminal are left to httpd, and writing to a closed pipe is an error, not a signal. Once per
// process. A forked child that does not exec keeps the signals' usual effect.
[[nodiscard]] Result<StopSignal> take_stop_signal();

}  // namespace warp::worker
