// What becomes of a request that no worker answers in order: a status and a line in the log as long
// as nothing has been sent, a broken transfer afterwards.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "mod_warp/child/request.hpp"
#include "mod_warp/core/log_limit.hpp"
#include "mod_warp/core/retry.hpp"

namespace warp {

// Before the response has begun. `slot`: of the worker that failed, if there was one.
[[nodiscard]] int answer_failure(const Request& request, std::optional<std::uint32_t> slot,
                                 core::Verdict verdict, std::string_view cause);

// 503 with Retry-After for a request that is not even tried. Of such lines in the log there are
// few, however many requests there are.
[[nodiscard]] int refuse(const Request& request, core::LogLimit& lines, std::string_view cause,
                         std::chrono::seconds retry_after = std::chrono::seconds(2));

// What becomes of a request by the client's own doing. For one that has hung up nothing more is
// done; the access log says so.
[[nodiscard]] int answer_client(const Request& request, int status);

// For the log only: the response had begun, so the client sees it break.
void log_broken(const Request& request, std::uint32_t slot, std::string_view cause);
void log_waiting(const Request& request);
void log_retry(const Request& request, std::optional<std::uint32_t> slot, std::string_view cause);

}  // namespace warp
