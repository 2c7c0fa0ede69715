// All that httpd's parent makes for a group and that outlives the group's processes: another
// supervisor can take it up where the last one died, and the next configuration of httpd where this
// one ends.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "channel/connector.hpp"
#include "mod_warp/parent/control_socket.hpp"
#include "mod_warp/shared/ledger.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/group_config.hpp"

namespace warp {

struct Heritage {
  UniqueFd config;   // sealed memfd: wire::GroupConfig
  UniqueFd segment;  // memfd of the scoreboard
  ControlSocket control;
  scoreboard::Scoreboard board;
  std::vector<channel::Connector> connectors;  // one per slot
  UniqueFd ledger_memory;                      // memfd of the ledger; httpd's processes only
  Ledger ledger;

  // What a supervisor inherits, in the order of wire::SupervisorHeritage; `figures`: what stands
  // there between the control socket and the connectors.
  [[nodiscard]] std::vector<int> for_supervisor(const std::vector<int>& figures) const;
  // In a child of httpd: closes what only supervisors need.
  void keep_only_what_children_use();
  // Gives all descriptors but the control socket's away, in the order in which adopt_heritage()
  // takes them.
  [[nodiscard]] std::vector<UniqueFd> release();
};

[[nodiscard]] Result<Heritage> make_heritage(const wire::GroupConfig& settings,
                                             std::uint32_t queue_limit, ControlSocket control);

// From the descriptors of a heritage that was made with the same arguments. kProtocol when they are
// not that: workers can have written anything into the scoreboard, its dimensions too.
[[nodiscard]] Result<Heritage> adopt_heritage(std::vector<UniqueFd> descriptors,
                                              ControlSocket control,
                                              const wire::GroupConfig& settings,
                                              std::uint32_t queue_limit);

}  // namespace warp
