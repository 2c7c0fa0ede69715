// What httpd's children count for a process group, in memory that only httpd's processes map.
//
// A row for each processor: whoever counts adds to the row of the one it runs on, so that
// processors do not wait for each other's cache lines. The additions are atomic, as a thread may be
// moved and its row be another's too. No row belongs to a process: nothing has to be cleared up
// after one, and no number ever gets less.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/core/tally_record.hpp"

namespace warp {

struct FinishedRequest {
  core::MethodClass method{};
  core::StatusClass status{};
  std::uint64_t response_bytes = 0;
  std::chrono::microseconds total{0};
  std::chrono::microseconds queue{0};
  std::optional<std::chrono::microseconds> application;  // none: no worker had it
};

class Tally final {
 public:
  // Zeroed shared memory for this machine's processors, CLOEXEC.
  [[nodiscard]] static Result<UniqueFd> create();
  // kProtocol for what another build of this module has made. The descriptor may be closed
  // afterwards.
  [[nodiscard]] static Result<Tally> map(int memory);

  Tally(Tally&& other) noexcept;
  Tally& operator=(Tally&& other) noexcept;
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;
  ~Tally();

  void count(const FinishedRequest& request) const;
  void count(core::TallyEvent event) const;
  [[nodiscard]] core::TallyTotals totals() const;

 private:
  struct Row;
  explicit Tally(std::span<Row> rows) : rows_(rows) {}
  [[nodiscard]] Row& row() const;

  std::span<Row> rows_;
};

}  // namespace warp
