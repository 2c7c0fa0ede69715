// fork and exec of a worker: it inherits its heritage and nothing else.
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
  int connector = -1;
};

struct SpawnedWorker {
  pid_t pid = 0;
  UniqueFd status;  // readable when the worker has sent its WorkerStatus; non-blocking
};

// kSystem names the program and why it can't be executed. The worker gets SIGTERM when the calling
// thread ends.
[[nodiscard]] Result<SpawnedWorker> spawn_worker(const WorkerCommand& command);

}  // namespace warp::supervisor
