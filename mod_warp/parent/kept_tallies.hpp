// The tallies of all groups, for as long as httpd's parent lives: they go by the groups' names,
// whatever else of the groups changes from one configuration to the next, so that no number ever
// gets less.
#pragma once

#include <string>
#include <vector>

#include "mod_warp/shared/tally.hpp"

namespace warp {

// The group's tally, which goes on; or a new one.
[[nodiscard]] Result<Tally> tally_for(const std::string& group);
// Those of other groups than these begin anew, should their groups come back.
void forget_other_tallies(const std::vector<std::string>& groups);
// In a child of httpd, which has them mapped.
void close_tallies();

}  // namespace warp
