// What the worker tells its supervisor.
#pragma once

#include <utility>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "wire/heritage.hpp"

namespace warp::worker {

class StatusPipe final {
 public:
  // The pipe never makes a thread of the worker wait from here on.
  explicit StatusPipe(UniqueFd pipe);

  // Any thread. Says nothing in a process that the application has forked. A supervisor that is
  // gone has sent SIGTERM by its death.
  void report(wire::WorkerStatus status) const;
  [[nodiscard]] int fd() const { return pipe_.get(); }

 private:
  UniqueFd pipe_;
};

}  // namespace warp::worker
