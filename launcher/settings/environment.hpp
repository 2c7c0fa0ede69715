// Settings from environment variables: WARPDRIVE_… and those of other tools (aliases.hpp).
#pragma once

#include "launcher/host/host.hpp"
#include "launcher/settings/option.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {

// A variable that belongs to us or to a tool that we stand in for, and says nothing to us.
struct UnusedVariable {
  std::string name;
  std::string why;
};

struct FromEnvironment {
  std::vector<Given> givens;  // the weakest first
  std::vector<UnusedVariable> unused;
};

// Warns of variables that somebody has set for us or for mod_wsgi-express in vain.
[[nodiscard]] FromEnvironment read_environment(Host& host, Problems& problems);

}  // namespace warp
