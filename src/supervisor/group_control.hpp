// What can be asked of a group through its control socket.
#pragma once

#include <sys/types.h>

#include <vector>

#include "supervisor/group_status.hpp"

namespace warp::supervisor {

class GroupControl {
 public:
  virtual ~GroupControl() = default;
  [[nodiscard]] virtual GroupStatus status() const = 0;
  // False when the group stops, and so takes no new generation.
  [[nodiscard]] virtual bool reload() = 0;
  // The workers that now write the stacks of all their threads into the error log; one that is just
  // being started has none yet and is not among them.
  [[nodiscard]] virtual std::vector<pid_t> ask_for_stacks() = 0;
};

}  // namespace warp::supervisor
