// The figures of all groups, for as long as httpd's parent lives: they go by the groups' names,
// whatever else of the groups changes from one configuration to the next, so that no number ever
// gets less.
#pragma once

#include <string>
#include <vector>

#include "base/unique_fd.hpp"
#include "figures/chronicle.hpp"
#include "figures/series.hpp"
#include "mod_warp/shared/tally.hpp"

namespace warp {

struct GroupFiguresMemory {
  Tally tally;                   // httpd's own
  figures::Chronicle chronicle;  // which supervisors write, too
  figures::Series series;        // the application's
  UniqueFd chronicle_memory;
  UniqueFd series_memory;

  // In the order of wire::SupervisorHeritage.
  [[nodiscard]] std::vector<int> for_supervisor() const {
    return {chronicle_memory.get(), series_memory.get()};
  }
  // In a child of httpd, which has them mapped.
  void close_memory() {
    chronicle_memory.reset();
    series_memory.reset();
  }
};

// The group's, which go on; or new ones.
[[nodiscard]] Result<GroupFiguresMemory> figures_for(const std::string& group);
// Those of other groups than these begin anew, should their groups come back.
void forget_other_figures(const std::vector<std::string>& groups);
// In a child of httpd, which has them mapped.
void close_kept_figures();

}  // namespace warp
