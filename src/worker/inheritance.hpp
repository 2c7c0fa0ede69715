// What the supervisor has left at the fixed descriptors, taken over and checked.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/group_config.hpp"

namespace warp::worker {

struct Inheritance {
  wire::GroupConfig config;
  std::uint32_t slot = 0;
  scoreboard::Scoreboard board;
  UniqueFd connector;
  UniqueFd status;
  UniqueFd crash;  // standard error when the supervisor has left none
};

// `arguments` are main's: the process title, GROUP, SLOT. All descriptors become CLOEXEC: what the
// application starts inherits none of them.
[[nodiscard]] Result<Inheritance> take_inheritance(std::span<char* const> arguments);

}  // namespace warp::worker
