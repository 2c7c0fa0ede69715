// What all sources say, before one of them wins.
#pragma once

#include "launcher/settings/environment.hpp"

namespace warp {

struct Sources {
  std::string folder;              // the project's, as far as the command line and variables tell
  std::vector<std::string> files;  // that were read, the strongest first
  std::vector<Given> givens;       // the weakest first
  std::vector<UnusedVariable> unused;
};

[[nodiscard]] Sources read_sources(const std::vector<Given>& flags, Host& host, Problems& problems);

// Each value that is not given again by a stronger source goes where it belongs, and so do those
// that are, as a mistake in them is one. Only what other tools were told is none of ours.
void apply(const std::vector<Given>& givens, Settings& settings, Problems& problems);

}  // namespace warp
