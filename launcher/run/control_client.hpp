// Asking the supervisors of a running server, through the control sockets in its runtime directory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.hpp"
#include "base/result.hpp"

namespace warp {

// The groups that have a control socket in the folder, sorted. Whether anybody listens there, only
// asking tells.
[[nodiscard]] std::vector<std::string> groups_in(const std::string& server_root);

// The answer to one request line. kNotFound when nobody listens, kNoPermission when this user may
// not ask.
[[nodiscard]] Result<std::string> ask_group(const std::string& server_root,
                                            const std::string& group, std::string_view request,
                                            Deadline deadline);

}  // namespace warp
