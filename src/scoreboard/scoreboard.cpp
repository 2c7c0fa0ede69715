#include "scoreboard/scoreboard.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstring>
#include <new>
#include <utility>

namespace warp::scoreboard {
namespace {

constexpr std::uint32_t kMostSlots = 1024;
constexpr std::uint32_t kMostThreads = 1024;

constexpr std::size_t aligned(std::size_t size) {
  return (size + kCacheLine - 1) / kCacheLine * kCacheLine;
}

// Where each table begins; the order in memory is header, slots, threads, deaths.
struct Offsets {
  explicit Offsets(const Dimensions& d)
      : slots(aligned(sizeof(Header))),
        threads(slots + d.slots * sizeof(SlotRecord)),
        deaths(threads + std::size_t{d.slots} * d.threads * sizeof(ThreadRecord)),
        end(deaths + kDeaths * sizeof(DeathRecord)) {}
  std::size_t slots;
  std::size_t threads;
  std::size_t deaths;
  std::size_t end;
};

bool is_possible(const Dimensions& d) {
  return d.slots >= 1 && d.slots <= kMostSlots && d.threads >= 1 && d.threads <= kMostThreads;
}

// The segment starts zeroed, which is a valid value of every record (they are implicit-lifetime
// types).
template <typename T>
T& at(char* memory, std::size_t offset) {
  return *std::launder(reinterpret_cast<T*>(memory + offset));
}

void copy_text(std::span<char> field, std::string_view text) {
  const std::size_t size = std::min(field.size(), text.size());
  std::memcpy(field.data(), text.data(), size);
  std::fill(field.begin() + static_cast<std::ptrdiff_t>(size), field.end(), '\0');
}

// Of a number that only one thread writes: other processors need not agree.
void add(std::atomic<std::uint64_t>& number, std::uint64_t more) {
  number.store(number.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

}  // namespace

Result<UniqueFd> create_segment(const Dimensions& dimensions) {
  assert(is_possible(dimensions));
  UniqueFd fd(::memfd_create("warp-scoreboard", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return fail_errno("memfd_create warp-scoreboard");
  if (::ftruncate(fd.get(), static_cast<off_t>(Offsets(dimensions).end)) != 0)
    return fail_errno("ftruncate warp-scoreboard");
  const Header header{.magic = kMagic,
                      .version = kLayoutVersion,
                      .slots = dimensions.slots,
                      .threads = dimensions.threads};
  if (::pwrite(fd.get(), &header, sizeof header, 0) != static_cast<ssize_t>(sizeof header))
    return fail_errno("write warp-scoreboard");
  if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail_errno("seal warp-scoreboard");
  return fd;
}

std::uint64_t now_us() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

Result<Scoreboard> Scoreboard::map(int segment_fd) {
  Header header{};
  if (::pread(segment_fd, &header, sizeof header, 0) != static_cast<ssize_t>(sizeof header))
    return fail_errno("read the scoreboard's header");
  const Dimensions dimensions{.slots = header.slots, .threads = header.threads};
  if (header.magic != kMagic || header.version != kLayoutVersion || !is_possible(dimensions))
    return fail(Errc::kProtocol,
                "the scoreboard has a header of another version; are all programs from one build?");
  struct stat status {};
  if (::fstat(segment_fd, &status) != 0) return fail_errno("fstat of the scoreboard");
  const std::size_t size = Offsets(dimensions).end;
  if (std::cmp_less(status.st_size, size))
    return fail(Errc::kProtocol, "the scoreboard is smaller than its header says");
  void* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, segment_fd, 0);
  if (memory == MAP_FAILED) return fail_errno("mmap of the scoreboard");
  return Scoreboard(static_cast<char*>(memory), size, dimensions);
}

Scoreboard::Scoreboard(Scoreboard&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)),
      size_(other.size_),
      dimensions_(other.dimensions_) {}

Scoreboard& Scoreboard::operator=(Scoreboard&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(size_, other.size_);
  std::swap(dimensions_, other.dimensions_);
  return *this;
}

Scoreboard::~Scoreboard() {
  if (memory_ != nullptr) ::munmap(memory_, size_);
}

SlotRecord& Scoreboard::slot(std::uint32_t index) const {
  assert(index < dimensions_.slots);
  return at<SlotRecord>(memory_, Offsets(dimensions_).slots + index * sizeof(SlotRecord));
}

ThreadRecord& Scoreboard::thread(std::uint32_t slot_index, std::uint32_t thread_index) const {
  assert(slot_index < dimensions_.slots && thread_index < dimensions_.threads);
  const std::size_t index = std::size_t{slot_index} * dimensions_.threads + thread_index;
  return at<ThreadRecord>(memory_, Offsets(dimensions_).threads + index * sizeof(ThreadRecord));
}

DeathRecord& Scoreboard::death(std::size_t index) const {
  assert(index < kDeaths);
  return at<DeathRecord>(memory_, Offsets(dimensions_).deaths + index * sizeof(DeathRecord));
}

void Scoreboard::set_state(std::uint32_t slot_index, SlotState state) const {
  SlotRecord& record = slot(slot_index);
  record.state_since_us.store(now_us(), std::memory_order_relaxed);
  record.state.store(state, std::memory_order_release);
}

std::string recorded_text(std::span<const char> field) {
  std::string text;
  for (const char c : field) {
    if (c == '\0') break;
    text += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return text;
}

Recorder::Recorder(const Scoreboard& board, std::uint32_t slot_index, std::uint32_t thread_index)
    : slot_(board.slot(slot_index)), thread_(board.thread(slot_index, thread_index)) {}

void Recorder::begin(std::uint64_t request_id, std::string_view method, std::string_view path) {
  copy_text(thread_.method, method);
  copy_text(thread_.uri, path);
  const std::uint64_t now = now_us();
  TakenUp& entry = thread_.taken_up[begun_++ % kTakenUp];
  entry.at_us.store(now, std::memory_order_relaxed);
  entry.request_id.store(request_id, std::memory_order_release);
  thread_.started_us.store(now, std::memory_order_relaxed);
  thread_.stage.store(Stage::kTaken, std::memory_order_relaxed);
  thread_.request_id.store(request_id, std::memory_order_release);
  slot_.busy_threads.fetch_add(1, std::memory_order_relaxed);
}

void Recorder::lock_taken(std::chrono::nanoseconds waited) {
  add(thread_.lock_wait_ns, static_cast<std::uint64_t>(waited.count()));
  add(thread_.lock_takings, 1);
}

void Recorder::application_called() {
  thread_.called_id.store(thread_.request_id.load(std::memory_order_relaxed),
                          std::memory_order_release);
  thread_.stage.store(Stage::kApplication, std::memory_order_release);
}

void Recorder::response_started() {
  thread_.stage.store(Stage::kResponse, std::memory_order_release);
}

void Recorder::end() {
  thread_.stage.store(Stage::kIdle, std::memory_order_release);
  slot_.busy_threads.fetch_sub(1, std::memory_order_relaxed);
  slot_.requests_served.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace warp::scoreboard
