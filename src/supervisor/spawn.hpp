// fork and exec of a worker or a template: it inherits its heritage and nothing else.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::supervisor {

struct WorkerCommand {
  std::string program;
  std::vector<std::string> arguments;    // from the process title on
  std::vector<std::string> environment;  // NAME=value
  int config = -1;
  int segment = -1;
  int connector = -1;  // of a template: its orders
  int status = -1;     // the writing end
  int crash = -1;
  int series = -1;
};

struct StatusPipe {
  UniqueFd reading;  // readable when a WorkerStatus has been sent; non-blocking
  UniqueFd writing;
};
[[nodiscard]] Result<StatusPipe> make_status_pipe();

// kSystem names the program and why it can't be executed. The worker gets SIGTERM when the calling
// thread ends.
[[nodiscard]] Result<pid_t> spawn_worker(const WorkerCommand& command);

}  // namespace warp::supervisor
