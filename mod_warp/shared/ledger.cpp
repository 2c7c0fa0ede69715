#include "mod_warp/shared/ledger.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>

namespace warp {

// Zeroed memory is a valid value of everything but the mutexes.
struct Ledger::Head {
  QueueHead queue;
  GroupCondition condition;
  core::LogLimit full_queue_lines;
  core::LogLimit poison_lines;
  std::uint64_t seed;
  std::atomic<std::int64_t> poison_until;  // nanoseconds of the steady clock
  RobustMutex poison_mutex;                // guards: poison
  core::PoisonTable poison;
  RobustMutex slowest_mutex;  // guards: slowest
  core::SlowestRequests slowest;
};

namespace {

constexpr std::size_t kCacheLine = 64;
// The tables are looked at for some microseconds.
constexpr std::chrono::milliseconds kPatience{100};

constexpr std::size_t aligned(std::size_t size) {
  return (size + kCacheLine - 1) / kCacheLine * kCacheLine;
}

// Of the table of the slowest requests, which makes texts while it is held.
class Hold final {
 public:
  explicit Hold(RobustMutex& mutex)
      : mutex_(mutex), is_held_(mutex.lock(Deadline::in(kPatience)) != Locked::kNot) {}
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    if (is_held_) mutex_.unlock();
  }
  [[nodiscard]] bool is_held() const { return is_held_; }

 private:
  RobustMutex& mutex_;
  bool is_held_;
};

// New requests up to the limit, and those that come back from workers, which are not bound by it.
std::uint32_t waiters_of(const LedgerSize& size) {
  constexpr std::uint64_t kMost = 65536;
  const std::uint64_t wanted =
      std::uint64_t{size.queue_limit} + size.slots * std::uint64_t{size.places};
  return static_cast<std::uint32_t>(std::min(kMost, wanted));
}

template <typename T>
T* at(char* memory, std::size_t offset) {
  return std::launder(reinterpret_cast<T*>(memory + offset));
}

// The order in memory is head, waiters, places.
struct Offsets {
  Offsets(std::size_t head, const LedgerSize& size)
      : waiters(aligned(head)),
        places(aligned(waiters + waiters_of(size) * sizeof(WaiterRecord))),
        end(places + std::size_t{size.slots} * size.places * sizeof(PlaceRecord)) {}
  std::size_t waiters;
  std::size_t places;
  std::size_t end;
};

}  // namespace

Result<UniqueFd> Ledger::create(const LedgerSize& size) {
  UniqueFd memory(::memfd_create("warp-ledger", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return fail_errno("memfd_create warp-ledger");
  if (::ftruncate(memory.get(), static_cast<off_t>(Offsets(sizeof(Head), size).end)) != 0)
    return fail_errno("ftruncate warp-ledger");
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail_errno("seal warp-ledger");
  WARP_TRY(const Ledger ledger, map(memory.get(), size));
  ledger.head().queue.mutex.set_up();
  ledger.head().poison_mutex.set_up();
  ledger.head().slowest_mutex.set_up();
  if (::getrandom(&ledger.head().seed, sizeof ledger.head().seed, 0) < 0)
    return fail_errno("getrandom");
  return memory;
}

Result<Ledger> Ledger::map(int memory, const LedgerSize& size) {
  const std::size_t bytes = Offsets(sizeof(Head), size).end;
  struct stat status {};
  if (::fstat(memory, &status) != 0) return fail_errno("fstat of the ledger");
  if (!std::cmp_equal(status.st_size, bytes))
    return fail(Errc::kProtocol, "the ledger has another size than this group's");
  void* const address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (address == MAP_FAILED) return fail_errno("mmap of the ledger");
  return Ledger(static_cast<char*>(address), size);
}

Ledger::Ledger(Ledger&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)), size_(other.size_) {}

Ledger& Ledger::operator=(Ledger&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(size_, other.size_);
  return *this;
}

Ledger::~Ledger() {
  if (memory_ != nullptr) ::munmap(memory_, Offsets(sizeof(Head), size_).end);
}

Ledger::Head& Ledger::head() const { return *at<Head>(memory_, 0); }

Places Ledger::places() const {
  auto* const first = at<PlaceRecord>(memory_, Offsets(sizeof(Head), size_).places);
  return {{first, std::size_t{size_.slots} * size_.places}, size_.places};
}

WaitQueue Ledger::queue() const {
  auto* const first = at<WaiterRecord>(memory_, Offsets(sizeof(Head), size_).waiters);
  return {head().queue, {first, waiters_of(size_)}, places(), size_.queue_limit};
}

GroupCondition& Ledger::condition() const { return head().condition; }

core::LogLimit& Ledger::full_queue_lines() const { return head().full_queue_lines; }
core::LogLimit& Ledger::poison_lines() const { return head().poison_lines; }

bool Ledger::is_without_poison(TimePoint now) const {
  return now.time_since_epoch().count() >= head().poison_until.load(std::memory_order_relaxed);
}

std::uint64_t Ledger::fingerprint_of(const core::RequestIdentity& identity) const {
  return core::fingerprint(head().seed, identity);
}

// An entry that a dying child has written by half is one that refuses nothing, or something that
// nobody asks for.
void Ledger::note_death(std::uint64_t fingerprint, TimePoint now) const {
  if (head().poison_mutex.lock(Deadline::in(kPatience)) == Locked::kNot) return;
  head().poison.note_death(fingerprint, now);
  head().poison_until.store((now + core::PoisonTable::kMemory).time_since_epoch().count(),
                            std::memory_order_relaxed);
  head().poison_mutex.unlock();
}

void Ledger::note_answer(std::uint64_t fingerprint) const {
  if (head().poison_mutex.lock(Deadline::in(kPatience)) == Locked::kNot) return;
  head().poison.note_answer(fingerprint);
  head().poison_mutex.unlock();
}

std::optional<std::chrono::seconds> Ledger::refused_for(std::uint64_t fingerprint,
                                                        TimePoint now) const {
  if (head().poison_mutex.lock(Deadline::in(kPatience)) == Locked::kNot) return std::nullopt;
  const auto refused = head().poison.refused_for(fingerprint, now);
  head().poison_mutex.unlock();
  return refused;
}

bool Ledger::is_among_slowest(std::chrono::microseconds total, TimePoint now) const {
  return head().slowest.is_among(total, now);
}

void Ledger::note_slow(const core::SlowRequest& request, TimePoint now) const {
  const Hold hold(head().slowest_mutex);
  if (hold.is_held()) head().slowest.note(request, now);
}

std::vector<core::SlowRequest> Ledger::slowest(TimePoint now) const {
  const Hold hold(head().slowest_mutex);
  return hold.is_held() ? head().slowest.list(now) : std::vector<core::SlowRequest>();
}

}  // namespace warp
