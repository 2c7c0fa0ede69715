// Becoming another user for good.
#pragma once

#include "launcher/host/host.hpp"

namespace warp {

// False with errno set when it did not work; the process must then end. Async-signal-safe.
[[nodiscard]] bool become(const Account& account) noexcept;

// HOME, USER and LOGNAME are the account's.
void name_account(Environment& environment, const Account& account);

}  // namespace warp
