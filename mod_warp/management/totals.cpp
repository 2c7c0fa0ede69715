#include "mod_warp/management/totals.hpp"

namespace warp::management {

using core::TallyEvent;
using core::TallyTotals;

std::uint64_t count_of(const TallyTotals& totals, TallyEvent event) {
  return totals.events[static_cast<std::size_t>(event)];
}

std::uint64_t requests_of(const TallyTotals& totals, core::StatusClass status) {
  std::uint64_t sum = 0;
  for (const auto& of_method : totals.requests) sum += of_method[static_cast<std::size_t>(status)];
  return sum;
}

std::uint64_t all_requests(const TallyTotals& totals) {
  std::uint64_t sum = 0;
  for (std::size_t status = 0; status < core::kStatusClasses; ++status)
    sum += requests_of(totals, static_cast<core::StatusClass>(status));
  return sum;
}

std::uint64_t refused(const TallyTotals& totals) {
  return count_of(totals, TallyEvent::kQueueFull) + count_of(totals, TallyEvent::kNoWorker) +
         count_of(totals, TallyEvent::kPoison);
}

std::uint64_t timed_out(const TallyTotals& totals) {
  return count_of(totals, TallyEvent::kQueueTimeout) +
         count_of(totals, TallyEvent::kRequestTimeout);
}

std::uint64_t failed(const TallyTotals& totals) {
  return count_of(totals, TallyEvent::kBadAnswer) + count_of(totals, TallyEvent::kBrokenOff);
}

std::chrono::microseconds lock_wait_of(const figures::ChronicleTotals& totals) {
  constexpr std::uint64_t kNanoseconds = 1000;  // in a microsecond
  return std::chrono::microseconds(totals.lock_waits.nanoseconds / kNanoseconds);
}

}  // namespace warp::management
