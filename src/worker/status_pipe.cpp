#include "worker/status_pipe.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "worker/fork_guard.hpp"

namespace warp::worker {

StatusPipe::StatusPipe(UniqueFd pipe) : pipe_(std::move(pipe)) {
  ::fcntl(pipe_.get(), F_SETFL, O_WRONLY | O_NONBLOCK);
}

void StatusPipe::report(wire::WorkerStatus status) const {
  if (is_forked_process()) return;
  const char byte = static_cast<char>(status);
  [[maybe_unused]] const ssize_t written = ::write(pipe_.get(), &byte, 1);
}

}  // namespace warp::worker
