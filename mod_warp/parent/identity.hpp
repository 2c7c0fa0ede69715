// What makes a process group the one that it was before httpd's restart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mod_warp/config/run_as.hpp"
#include "wire/group_config.hpp"

namespace warp {

struct GroupTraits {
  const wire::GroupConfig& settings;
  const RunAs& run_as;
  // The files that its processes, and we who speak with them, are made of.
  std::vector<std::string> programs;
  int log = -1;                   // what its processes write to
  std::uint32_t queue_limit = 0;  // which its ledger has room for
};

// Bytes that are the same as long as nothing of this changes. A file is told by its place, size and
// time: one that was replaced is another.
[[nodiscard]] std::string identity_of(const GroupTraits& traits);

}  // namespace warp
