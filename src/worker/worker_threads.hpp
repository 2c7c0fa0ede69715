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
  struct Surroundings {
    Application& application;
    Listener& listener;
    ScriptWatch* script_watch;  // may be null
    const scoreboard::Scoreboard& board;
    std::uint32_t slot;
  };
  // What the surroundings name outlives the threads.
  WorkerThreads(const Surroundings& surroundings, std::uint32_t count);
  // Returns when every thread has left, which Listener::drain() makes them do.
  void join();

 private:
  std::vector<std::jthread> threads_;
};

}  // namespace warp::worker
