// Django's static files, collected for a project that names no folder for them.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

struct Collected {
  bool made_up_secret_key = false;  // for the collection only, where the settings have none
};

// Does nothing for a plan without collect_into.
[[nodiscard]] Result<Collected> collect_static(const Plan& plan, Host& host);

}  // namespace warp
