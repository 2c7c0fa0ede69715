// The stacks of a worker's threads as text for the log, each with the request that its thread
// serves.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scoreboard/scoreboard.hpp"
#include "worker/inspector.hpp"
#include "worker/serving_thread.hpp"

namespace warp::worker {

class StackReport final {
 public:
  // All of it outlives the report.
  StackReport(std::span<const ServingThread> threads, const scoreboard::Scoreboard& board,
              std::uint32_t slot)
      : threads_(threads), board_(board), slot_(slot) {}

  // "request=mtbgN5SYTUA method=GET path=/slow thread=3 seconds=60.012": what the thread serves.
  [[nodiscard]] std::string request_line(std::uint32_t index,
                                         const ServingThread::Request& request) const;
  // The stack of one serving thread, or a line that says that there is none.
  [[nodiscard]] std::string of_thread(std::uint32_t index,
                                      const std::vector<ThreadStack>& stacks) const;
  // All stacks, each under its thread.
  [[nodiscard]] std::string of_all(const std::vector<ThreadStack>& stacks) const;

 private:
  [[nodiscard]] std::string title(const ThreadStack& stack) const;

  std::span<const ServingThread> threads_;
  const scoreboard::Scoreboard& board_;
  std::uint32_t slot_;
};

}  // namespace warp::worker
