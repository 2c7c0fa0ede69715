// The threads that serve requests, and what each holds while it lives.
#pragma once

#include <cstdint>
#include <thread>
#include <vector>

#include "scoreboard/scoreboard.hpp"
#include "worker/application.hpp"
#include "worker/listener.hpp"

namespace warp::worker {

class WorkerThreads final {
 public:
  // All of these outlive the threads.
  WorkerThreads(Application& application, Listener& listener, const scoreboard::Scoreboard& board,
                std::uint32_t slot, std::uint32_t count);
  // Returns when every thread has left, which Listener::drain() makes them do.
  void join();

 private:
  std::vector<std::jthread> threads_;
};

}  // namespace warp::worker
