// The threads that serve requests, and what each holds while it lives.
#pragma once

#include <cstdint>
#include <span>
#include <thread>
#include <vector>

#include "scoreboard/scoreboard.hpp"
#include "worker/application.hpp"
#include "worker/listener.hpp"
#include "worker/serving_thread.hpp"

namespace warp::worker {

class WorkerThreads final {
 public:
  struct Surroundings {
    Application& application;
    Listener& listener;
    ScriptWatch* script_watch;  // may be null
    RequestLimit* limit;        // may be null
    std::span<ServingThread> threads;
    const scoreboard::Scoreboard& board;
    std::uint32_t slot;
  };
  // As many as there are ServingThreads. What the surroundings name outlives them.
  explicit WorkerThreads(const Surroundings& surroundings);
  // Returns when every thread has left, which Listener::drain() makes them do.
  void join();

 private:
  std::vector<std::jthread> threads_;
};

}  // namespace warp::worker
