// Permissions for containers whose user is a number that nobody knew before, in group 0.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

// The folders, or the project's and its environment's: the group gets what the owner has. Links are
// not followed.
[[nodiscard]] Result<int> fix_permissions(const Arguments& arguments, Host& host);

}  // namespace warp
