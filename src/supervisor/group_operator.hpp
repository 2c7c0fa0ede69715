// The running group behind the control socket.
#pragma once

#include "scoreboard/scoreboard.hpp"
#include "supervisor/group.hpp"
#include "supervisor/group_control.hpp"

namespace warp::supervisor {

class GroupOperator final : public GroupControl {
 public:
  // All outlive it.
  GroupOperator(const wire::GroupConfig& config, const scoreboard::Scoreboard& board, Group& group,
                WorkerHost& host);
  [[nodiscard]] GroupStatus status() const override;
  [[nodiscard]] bool reload() override;
  [[nodiscard]] std::vector<pid_t> ask_for_stacks() override;

 private:
  const wire::GroupConfig& config_;
  const scoreboard::Scoreboard& board_;
  Group& group_;
  WorkerHost& host_;
};

}  // namespace warp::supervisor
