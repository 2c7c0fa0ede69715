// Sums that several pages show of what httpd has counted.
#pragma once

#include <cstdint>

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

}  // namespace warp::management
