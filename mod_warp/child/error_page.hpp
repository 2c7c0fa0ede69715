// What becomes of a request that no worker answers in order: a status and a line in the log as long
// as nothing has been sent, a broken transfer afterwards.
#pragma once

#include <optional>
#include <string_view>

#include "mod_warp/child/request.hpp"
#include "mod_warp/core/retry.hpp"

namespace warp {

// Before the response has begun. `slot`: of the worker that failed, if there was one.
[[nodiscard]] int answer_failure(const Request& request, std::optional<std::uint32_t> slot,
                                 core::Verdict verdict, std::string_view cause);

// For the log only: the response had begun, so the client sees it break.
void log_broken(const Request& request, std::uint32_t slot, std::string_view cause);
void log_retry(const Request& request, std::optional<std::uint32_t> slot, std::string_view cause);

}  // namespace warp
