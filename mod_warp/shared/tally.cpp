#include "mod_warp/shared/tally.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>

namespace warp {

namespace {

constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kMostRows = 64;

using Counter = std::atomic<std::uint64_t>;
static_assert(Counter::is_always_lock_free);

void add(Counter& counter, std::uint64_t number) {
  counter.fetch_add(number, std::memory_order_relaxed);
}

void add(core::HistogramRecord<Counter>& histogram, std::chrono::microseconds duration) {
  const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count()));
  add(histogram.buckets[core::bucket_of(time)], 1);
  add(histogram.sum, time);
}

std::size_t row_count() {
  const long processors = ::sysconf(_SC_NPROCESSORS_CONF);
  return static_cast<std::size_t>(std::clamp<long>(processors, 1, kMostRows));
}

}  // namespace

// Zeroed memory is a valid value.
struct alignas(kCacheLine) Tally::Row : core::TallyRecord<Counter> {};

Result<UniqueFd> Tally::create() {
  UniqueFd memory(::memfd_create("warp-tally", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return fail_errno("memfd_create warp-tally");
  if (::ftruncate(memory.get(), static_cast<off_t>(row_count() * sizeof(Row))) != 0)
    return fail_errno("ftruncate warp-tally");
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail_errno("seal warp-tally");
  return memory;
}

Result<Tally> Tally::map(int memory) {
  struct stat status {};
  if (::fstat(memory, &status) != 0) return fail_errno("fstat of the tally");
  const std::size_t bytes = row_count() * sizeof(Row);
  if (!std::cmp_equal(status.st_size, bytes))
    return fail(Errc::kProtocol, "the tally has another size than this build's");
  void* const address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (address == MAP_FAILED) return fail_errno("mmap of the tally");
  return Tally({std::launder(static_cast<Row*>(address)), row_count()});
}

Tally::Tally(Tally&& other) noexcept : rows_(std::exchange(other.rows_, {})) {}

Tally& Tally::operator=(Tally&& other) noexcept {
  std::swap(rows_, other.rows_);
  return *this;
}

Tally::~Tally() {
  if (!rows_.empty()) ::munmap(rows_.data(), rows_.size_bytes());
}

Tally::Row& Tally::row() const {
  const int processor = ::sched_getcpu();
  return rows_[static_cast<std::size_t>(std::max(0, processor)) % rows_.size()];
}

void Tally::count(const FinishedRequest& request) const {
  Row& own = row();
  add(own.requests[static_cast<std::size_t>(request.method)]
                  [static_cast<std::size_t>(request.status)],
      1);
  add(own.queue, request.queue);
  if (request.application) add(own.application, *request.application);
  add(own.total, request.total);
  add(own.response_bytes, request.response_bytes);
}

void Tally::count(core::TallyEvent event) const {
  add(row().events[static_cast<std::size_t>(event)], 1);
}

core::TallyTotals Tally::totals() const {
  core::TallyTotals totals;
  for (const Row& each : rows_)
    core::for_each_pair(totals, each, [](std::uint64_t& total, const Counter& counter) {
      total += counter.load(std::memory_order_relaxed);
    });
  return totals;
}

}  // namespace warp
