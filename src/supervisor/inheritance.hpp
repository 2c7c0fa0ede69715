// What httpd's parent has left at the fixed descriptors, taken over and checked.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "figures/chronicle.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/group_config.hpp"

namespace warp::supervisor {

struct Inheritance {
  wire::GroupConfig config;
  scoreboard::Scoreboard board;
  UniqueFd config_file;  // to be passed on to the workers, like segment
  UniqueFd segment;
  figures::Chronicle chronicle;
  UniqueFd series;                   // to be passed on to the workers, too
  UniqueFd control;                  // listening, or of no use; see control_server.hpp
  std::vector<UniqueFd> connectors;  // the worker's ends, one per slot
};

// `arguments` are main's: the program, GROUP.
[[nodiscard]] Result<Inheritance> take_inheritance(std::span<char* const> arguments);

}  // namespace warp::supervisor
