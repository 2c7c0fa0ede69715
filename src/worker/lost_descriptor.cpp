#include "worker/lost_descriptor.hpp"

#include <unistd.h>

#include <cstdlib>

#include "base/log.hpp"
#include "worker/fork_guard.hpp"

namespace warp::worker {

void end_without_descriptor(std::string_view what) {
  if (is_forked_process()) {
    log_warn("a process that the application has forked came back from its request, and ends");
    ::_exit(EXIT_SUCCESS);
  }
  log(LogLevel::kCritical,
      "worker ends: a descriptor of its own is gone; does the application close all it finds?",
      {{"descriptor", what}});
  ::_exit(EXIT_FAILURE);
}

}  // namespace warp::worker
