// The machine's users and groups.
#pragma once

#include <optional>
#include <string_view>

#include "launcher/host/host.hpp"

namespace warp {

[[nodiscard]] std::optional<Account> account_of(std::string_view name);
[[nodiscard]] std::optional<Account> account_of(uid_t uid);
[[nodiscard]] std::optional<gid_t> group_of(std::string_view name);
[[nodiscard]] std::string group_name(gid_t gid);

}  // namespace warp
