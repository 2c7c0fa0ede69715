// What a group does to the world, so that its life can be tested without processes and without
// waiting.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "figures/chronicle.hpp"
#include "figures/restart_reason.hpp"
#include "figures/worker_death.hpp"

namespace warp::supervisor {

using Clock = std::chrono::steady_clock;

struct ProcessFigures {
  std::uint64_t resident_bytes = 0;
  std::chrono::milliseconds cpu_time{0};  // user and system
};

class WorkerHost {
 public:
  virtual ~WorkerHost() = default;
  [[nodiscard]] virtual Clock::time_point now() const = 0;
  // A new worker process for the slot, which will report a WorkerStatus and one day an exit: forked
  // by the generation's template if there is one, else a program started anew.
  [[nodiscard]] virtual Result<pid_t> start_worker(std::uint32_t slot,
                                                   std::uint32_t generation) = 0;
  // A process that imports the application once and then forks the generation's workers. Reports a
  // WorkerStatus too.
  [[nodiscard]] virtual Result<> start_template(std::uint32_t generation) = 0;
  // Its workers go on; nothing when it has none.
  virtual void end_template(std::uint32_t generation) = 0;
  virtual void send_signal(pid_t worker, int signal) = 0;
  // Until the slot's next worker is started, channels that are offered to it are handed back, so
  // that their requests go elsewhere instead of waiting with it.
  virtual void turn_offers_away(std::uint32_t slot) = 0;
  // All of httpd's processes have closed their ends of the slot's connector: no request can come.
  [[nodiscard]] virtual bool is_connector_closed(std::uint32_t slot) const = 0;
  // nullopt for one that has ended.
  [[nodiscard]] virtual std::optional<ProcessFigures> figures_of(pid_t worker) const = 0;
  // Of its memory its share; nullopt as well where the kernel does not tell. Expensive.
  [[nodiscard]] virtual std::optional<std::uint64_t> proportional_bytes_of(pid_t worker) const = 0;
  // A signal has stopped it: it does nothing, not even look after itself.
  [[nodiscard]] virtual bool is_stopped(pid_t worker) const = 0;
  // Of the slot's worker, which has died: the stacks that it wrote when it crashed, or nothing.
  [[nodiscard]] virtual std::string last_words(std::uint32_t slot) const = 0;
  // The kernel has killed a process of this control group for memory since this was last asked.
  [[nodiscard]] virtual bool has_run_out_of_memory() = 0;
  // For whoever watches the group, beyond the supervisor's life.
  virtual void count(figures::RestartReason reason) = 0;
  virtual void count(figures::WorkerDeath death) = 0;
  virtual void count(const figures::LockWaits& more) = 0;
};

}  // namespace warp::supervisor
