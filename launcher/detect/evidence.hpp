// Why something is taken for what it is.
#pragma once

#include <string>

namespace warp {

struct Evidence {
  std::string what;   // a clause: "manage.py names the settings shop.settings"
  std::string where;  // "/srv/app/manage.py:7", a variable or an option; empty for none
};

}  // namespace warp
