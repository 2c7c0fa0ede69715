// What httpd's children know together about a group: who is in which worker, who waits, which
// requests kill. In memory that only httpd's processes map, so, unlike the scoreboard, it can be
// believed. httpd's parent makes it and clears up after a child.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/core/log_limit.hpp"
#include "mod_warp/core/poison.hpp"
#include "mod_warp/core/slowest_requests.hpp"
#include "mod_warp/shared/group_condition.hpp"
#include "mod_warp/shared/wait_queue.hpp"

namespace warp {

struct LedgerSize {
  std::uint32_t slots = 1;
  std::uint32_t places = 1;       // per slot
  std::uint32_t queue_limit = 0;  // requests that may wait in the queue
};

class Ledger final {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // Zeroed shared memory of the right size, ready for use, CLOEXEC.
  [[nodiscard]] static Result<UniqueFd> create(const LedgerSize& size);
  // Of the same size, else kProtocol. The descriptor may be closed afterwards.
  [[nodiscard]] static Result<Ledger> map(int memory, const LedgerSize& size);

  Ledger(Ledger&& other) noexcept;
  Ledger& operator=(Ledger&& other) noexcept;
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger();

  [[nodiscard]] Places places() const;
  [[nodiscard]] WaitQueue queue() const;
  [[nodiscard]] GroupCondition& condition() const;
  // Of the line that says that the queue is full, and of the one that a request is refused.
  [[nodiscard]] core::LogLimit& full_queue_lines() const;
  [[nodiscard]] core::LogLimit& poison_lines() const;

  // Nothing has killed a worker lately: no request needs a fingerprint.
  [[nodiscard]] bool is_without_poison(TimePoint now) const;
  [[nodiscard]] std::uint64_t fingerprint_of(const core::RequestIdentity& identity) const;
  // These do nothing when the ledger can't be locked in time.
  void note_death(std::uint64_t fingerprint, TimePoint now) const;
  void note_answer(std::uint64_t fingerprint) const;
  [[nodiscard]] std::optional<std::chrono::seconds> refused_for(std::uint64_t fingerprint,
                                                                TimePoint now) const;

  // With each request: only one that is among the slowest has to be noted.
  [[nodiscard]] bool is_among_slowest(std::chrono::microseconds total, TimePoint now) const;
  void note_slow(const core::SlowRequest& request, TimePoint now) const;
  [[nodiscard]] std::vector<core::SlowRequest> slowest(TimePoint now) const;

  // A child of httpd has ended.
  void child_ended(std::int32_t pid) const { queue().process_ended(pid); }

 private:
  struct Head;
  Ledger(char* memory, const LedgerSize& size) : memory_(memory), size_(size) {}
  [[nodiscard]] Head& head() const;

  char* memory_ = nullptr;
  LedgerSize size_;
};

}  // namespace warp
