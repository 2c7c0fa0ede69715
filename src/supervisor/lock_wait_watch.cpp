#include "supervisor/lock_wait_watch.hpp"

#include <algorithm>
#include <limits>

namespace warp::supervisor {
namespace {

using figures::LockWaits;

// What was added to a number that may have wrapped around; nothing where it looks like less.
std::uint64_t growth(std::uint64_t before, std::uint64_t now, std::uint64_t most) {
  const auto added = static_cast<std::int64_t>(now - before);
  return std::min(most, static_cast<std::uint64_t>(std::max<std::int64_t>(0, added)));
}

}  // namespace

LockWaits LockWaitWatch::recorded() const {
  LockWaits sum;
  for (std::uint32_t index = 0; index < board_.dimensions().threads; ++index) {
    const scoreboard::ThreadRecord& record = board_.thread(slot_, index);
    sum.nanoseconds += record.lock_wait_ns.load(std::memory_order_relaxed);
    sum.takings += record.lock_takings.load(std::memory_order_relaxed);
  }
  return sum;
}

// A request takes more than a microsecond.
LockWaits LockWaitWatch::possible(Clock::time_point now) const {
  constexpr std::uint64_t kNanoseconds = 1000;  // in a microsecond
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max() / kNanoseconds;
  const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(now - started_at_);
  const std::uint64_t microseconds =
      static_cast<std::uint64_t>(passed.count()) * board_.dimensions().threads;
  return {.nanoseconds = std::min(microseconds, kMost) * kNanoseconds, .takings = microseconds};
}

void LockWaitWatch::begin(Clock::time_point now) {
  started_at_ = now;
  seen_ = recorded();
  counted_ = {};
}

LockWaits LockWaitWatch::look(Clock::time_point now) {
  const LockWaits sum = recorded();
  const LockWaits most = possible(now);
  const LockWaits more{
      .nanoseconds =
          growth(seen_.nanoseconds, sum.nanoseconds, most.nanoseconds - counted_.nanoseconds),
      .takings = growth(seen_.takings, sum.takings, most.takings - counted_.takings)};
  seen_ = sum;
  counted_.nanoseconds += more.nanoseconds;
  counted_.takings += more.takings;
  return more;
}

}  // namespace warp::supervisor
