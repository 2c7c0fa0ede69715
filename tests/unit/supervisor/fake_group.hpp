// A group that a test makes up, for the control socket.
#pragma once

#include "supervisor/group_control.hpp"

namespace warp::supervisor {

class FakeGroup final : public GroupControl {
 public:
  GroupStatus status() const override { return shown; }
  bool reload() override {
    if (shown.facts.is_stopping) return false;
    ++shown.facts.generation;
    return true;
  }
  std::vector<pid_t> ask_for_stacks() override { return asked; }

  GroupStatus shown{.name = "site", .supervisor = 7, .threads = 5};
  std::vector<pid_t> asked;
};

}  // namespace warp::supervisor
