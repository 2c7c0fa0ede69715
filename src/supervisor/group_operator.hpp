// The running group behind the control socket.
#pragma once

#include <functional>
#include <vector>

#include "scoreboard/scoreboard.hpp"
#include "supervisor/group.hpp"
#include "supervisor/group_control.hpp"

namespace warp::supervisor {

class GroupOperator final : public GroupControl {
 public:
  // All outlive it. `after_change` is called when the group has been told something, and so may
  // have other deadlines.
  GroupOperator(const wire::GroupConfig& config, const scoreboard::Scoreboard& board, Group& group,
                WorkerHost& host, std::function<void()> after_change);
  [[nodiscard]] GroupStatus status() const override;
  [[nodiscard]] bool reload() override;
  [[nodiscard]] std::vector<pid_t> ask_for_stacks() override;

 private:
  const wire::GroupConfig& config_;
  const scoreboard::Scoreboard& board_;
  Group& group_;
  WorkerHost& host_;
  std::function<void()> after_change_;
};

}  // namespace warp::supervisor
