// docs/options.md, made from the option table.
#pragma once

#include <string>

namespace warp {

[[nodiscard]] std::string options_page();

}  // namespace warp
