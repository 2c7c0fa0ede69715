// Whether a server lives, is ready, has started: decisions on what the groups' figures say.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mod_warp/management/group_figures.hpp"

namespace warp::management {

enum class Question : std::uint8_t { kLive, kReady, kStarted };

enum class Service : std::uint8_t { kOpen, kEnding };  // ending: clients are to go elsewhere

struct Check {
  std::string name;
  std::string problem;  // empty: none
};

[[nodiscard]] std::vector<Check> check(Question question, std::span<const GroupFigures> groups,
                                       Service service);
[[nodiscard]] bool are_passed(std::span<const Check> checks);

enum class Detail : std::uint8_t {
  kProblems,  // "ok" when there are none
  kAll,
};
[[nodiscard]] std::string health_page(std::span<const Check> checks, Detail detail);

}  // namespace warp::management
