// What is said about a worker that has ended.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "base/log.hpp"
#include "scoreboard/scoreboard.hpp"

namespace warp::supervisor {

// "exit status 3", "SIGSEGV", "SIGABRT with a core dump", from waitpid's status.
[[nodiscard]] std::string how_it_ended(int wait_status);

struct Death {
  std::string group;
  std::uint32_t slot = 0;
  pid_t pid = 0;
  int wait_status = 0;
  std::uint32_t generation = 0;
  std::chrono::nanoseconds uptime{0};
  std::uint64_t requests = 0;
  bool was_out_of_memory = false;  // the kernel's out-of-memory killer was at work
  std::string last_words{};        // lines; may be empty
  std::string killed_because{};    // by the supervisor; empty: it was not
};

// One record: the death, each request that the worker had when it died, and its last words.
void log_death(LogLevel level, const Death& death, const scoreboard::Scoreboard& board);

// For who looks at the scoreboard later: the same in short.
void note_death(const Death& death, const scoreboard::Scoreboard& board);

}  // namespace warp::supervisor
