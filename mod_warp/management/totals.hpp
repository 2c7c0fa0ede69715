// Sums that several pages show of what httpd and supervisors have counted.
#pragma once

#include <chrono>
#include <cstdint>

#include "figures/chronicle.hpp"
#include "mod_warp/core/tally_record.hpp"

namespace warp::management {

[[nodiscard]] std::uint64_t count_of(const core::TallyTotals& totals, core::TallyEvent event);
[[nodiscard]] std::uint64_t requests_of(const core::TallyTotals& totals, core::StatusClass status);
[[nodiscard]] std::uint64_t all_requests(const core::TallyTotals& totals);
// 503 without a worker.
[[nodiscard]] std::uint64_t refused(const core::TallyTotals& totals);
[[nodiscard]] std::uint64_t timed_out(const core::TallyTotals& totals);
// Their worker died or broke the protocol.
[[nodiscard]] std::uint64_t failed(const core::TallyTotals& totals);
// For the interpreter's lock.
[[nodiscard]] std::chrono::microseconds lock_wait_of(const figures::ChronicleTotals& totals);

}  // namespace warp::management
