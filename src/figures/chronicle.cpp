#include "figures/chronicle.hpp"

#include <atomic>
#include <new>

namespace warp::figures {
namespace {

using Counter = std::atomic<std::uint64_t>;
static_assert(Counter::is_always_lock_free);

void add(Counter& counter, std::uint64_t more) {
  counter.fetch_add(more, std::memory_order_relaxed);
}

template <std::size_t Size>
std::array<std::uint64_t, Size> numbers_of(const std::array<Counter, Size>& counters) {
  std::array<std::uint64_t, Size> numbers{};
  for (std::size_t i = 0; i < Size; ++i) numbers[i] = counters[i].load(std::memory_order_relaxed);
  return numbers;
}

}  // namespace

// Zeroed memory is a valid value. Another build may have another size, which map() refuses.
struct Chronicle::Record {
  std::array<Counter, kRestartReasons> restarts;
  std::array<Counter, kWorkerDeaths> deaths;
  Counter supervisors;
  Counter lock_wait_ns;
  Counter lock_takings;
};

Result<UniqueFd> Chronicle::create() { return create_memory("warp-chronicle", sizeof(Record)); }

Result<Chronicle> Chronicle::map(int memory) {
  WARP_TRY(Mapping mapping, Mapping::map(memory, sizeof(Record)));
  return Chronicle(std::move(mapping));
}

Chronicle::Record& Chronicle::record() const {
  return *std::launder(static_cast<Record*>(mapping_.address()));
}

void Chronicle::count(RestartReason reason) const {
  add(record().restarts[static_cast<std::size_t>(reason)], 1);
}

void Chronicle::count(WorkerDeath death) const {
  add(record().deaths[static_cast<std::size_t>(death)], 1);
}

void Chronicle::count(const LockWaits& more) const {
  add(record().lock_wait_ns, more.nanoseconds);
  add(record().lock_takings, more.takings);
}

void Chronicle::count_supervisor() const { add(record().supervisors, 1); }

ChronicleTotals Chronicle::totals() const {
  const Record& all = record();
  return {.restarts = numbers_of(all.restarts),
          .deaths = numbers_of(all.deaths),
          .supervisors = all.supervisors.load(std::memory_order_relaxed),
          .lock_waits = {.nanoseconds = all.lock_wait_ns.load(std::memory_order_relaxed),
                         .takings = all.lock_takings.load(std::memory_order_relaxed)}};
}

}  // namespace warp::figures
