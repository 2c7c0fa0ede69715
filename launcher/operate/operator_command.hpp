// What an administrator wants of a running server.
#pragma once

#include <chrono>
#include <string>

namespace warp {

struct OperatorCommand {
  enum class Action { kStatus, kReload, kStop, kStacks, kTop };
  Action action = Action::kStatus;
  std::string group{};  // empty: all
  bool is_json = false;
  bool waits = false;                   // kReload: until the new generation serves, or does not
  std::chrono::seconds time_limit{60};  // of kStop, and of kReload that waits
};

}  // namespace warp
