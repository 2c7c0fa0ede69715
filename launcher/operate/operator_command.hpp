// What an administrator wants of a running server.
#pragma once

#include <chrono>
#include <string>

namespace warp {

struct OperatorCommand {
  enum class Action { kStatus, kReload, kStop, kStacks, kTop, kProbe };
  enum class Question { kLive, kReady, kStartup };
  Action action = Action::kStatus;
  std::string group{};                   // empty: all
  Question question = Question::kReady;  // of kProbe
  bool is_json = false;
  bool waits = false;                   // kReload: until the new generation serves, or does not
  std::chrono::seconds time_limit{60};  // of kStop, of kReload that waits, and of kProbe
};

}  // namespace warp
