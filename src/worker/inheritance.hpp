// What the supervisor has left at the fixed descriptors, taken over and checked.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "figures/series.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/group_config.hpp"

namespace warp::worker {

struct Inheritance {
  wire::GroupConfig config;
  std::uint32_t slot = 0;
  scoreboard::Scoreboard board;
  UniqueFd connector;
  UniqueFd status;
  UniqueFd crash;
};

// Of a template, which has no slot.
struct TemplateInheritance {
  wire::GroupConfig config;
  scoreboard::Scoreboard board;
  UniqueFd orders;
  UniqueFd status;
  UniqueFd crash;
};

// `arguments` are main's: the process title, GROUP, SLOT. All descriptors become CLOEXEC: what the
// application starts inherits none of them.
[[nodiscard]] Result<Inheritance> take_inheritance(std::span<char* const> arguments);

// The process title, GROUP, "template".
[[nodiscard]] bool is_for_template(std::span<char* const> arguments);
[[nodiscard]] Result<TemplateInheritance> take_template_inheritance();

// Of either: for what the application counts.
[[nodiscard]] Result<figures::Series> take_series();

}  // namespace warp::worker
