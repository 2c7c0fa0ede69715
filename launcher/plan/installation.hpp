// Where the programs of this installation are, by the place of the running one.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] Result<Installation> find_installation();

// The installation below a prefix.
[[nodiscard]] Installation installation_in(const std::string& prefix);

}  // namespace warp
