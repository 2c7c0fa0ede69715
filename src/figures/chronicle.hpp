// What a group's supervisors count, in memory that goes by the group's name and outlives each of
// them: nothing in it ever gets less. Workers do not map it.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "figures/restart_reason.hpp"
#include "figures/shared_memory.hpp"
#include "figures/worker_death.hpp"

namespace warp::figures {

// For the interpreter's lock (GIL), by threads that had a request to begin.
struct LockWaits {
  std::uint64_t nanoseconds = 0;
  std::uint64_t takings = 0;
};

struct ChronicleTotals {
  std::array<std::uint64_t, kRestartReasons> restarts{};
  std::array<std::uint64_t, kWorkerDeaths> deaths{};
  std::uint64_t supervisors = 0;  // that have started
  LockWaits lock_waits{};
};

class Chronicle final {
 public:
  [[nodiscard]] static Result<UniqueFd> create();
  // As Mapping::map().
  [[nodiscard]] static Result<Chronicle> map(int memory);

  void count(RestartReason reason) const;
  void count(WorkerDeath death) const;
  void count(const LockWaits& more) const;
  void count_supervisor() const;
  [[nodiscard]] ChronicleTotals totals() const;

 private:
  struct Record;
  explicit Chronicle(Mapping mapping) : mapping_(std::move(mapping)) {}
  [[nodiscard]] Record& record() const;

  Mapping mapping_;
};

}  // namespace warp::figures
