// How many Python processes there are when nobody says so.
#pragma once

#include <string>

#include "launcher/host/granted.hpp"

namespace warp {

struct ProcessCount {
  unsigned processes = 1;
  std::string reckoning{};  // for a person; empty when nothing limits the server
};
[[nodiscard]] ProcessCount count_processes(const Granted& granted);

// The least memory that has room for so many processes, of 256 MiB each or of what one may take.
[[nodiscard]] std::uint64_t memory_for(unsigned processes, std::uint64_t limit_of_one = 0);

// A sentence when so many processes are more than the memory has room for, else empty.
[[nodiscard]] std::string doubt_about(unsigned processes, const Granted& granted);

}  // namespace warp
