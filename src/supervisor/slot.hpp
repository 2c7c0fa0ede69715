// One place for a worker in a group: which worker fills it, what it is doing, and what comes next
// when it ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "scoreboard/scoreboard.hpp"
#include "supervisor/backoff.hpp"
#include "supervisor/lock_wait_watch.hpp"
#include "supervisor/worker_host.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {

struct SlotSettings {
  std::string group;
  std::uint32_t index = 0;
  std::chrono::milliseconds startup_timeout{0};  // zero: none
  std::chrono::milliseconds stop_timeout{0};     // from SIGTERM to SIGKILL
  std::chrono::milliseconds replace_timeout{0};  // from SIGUSR1 to SIGKILL
};

// What a slot is for.
enum class Duty : std::uint8_t {
  kSpare,      // nothing now
  kCandidate,  // its worker gets ready beside those that serve; if it dies, none comes after it
  kServing,    // there has to be a worker, always
};

class Slot final {
 public:
  enum class Phase : std::uint8_t {
    kEmpty,     // no worker, and none comes
    kAwaiting,  // start() will come, after something else
    kStarting,
    kReady,
    kFailed,    // the application can't be loaded; the worker answers 500
    kBackoff,   // no worker until deadline()
    kStopping,  // told to stop, by us
  };

  // The host and the scoreboard outlive the slot.
  Slot(SlotSettings settings, WorkerHost& host, const scoreboard::Scoreboard& board);

  // --- what is wanted ---
  void await(Duty duty, std::uint32_t generation);
  void start(Duty duty, std::uint32_t generation);
  // A candidate becomes one that serves.
  void promote();
  // Another worker has taken over: this one hands back what it has not begun, finishes the rest and
  // leaves the slot empty.
  void retire();
  // No worker from now on; what has arrived is still served.
  void stop();
  // A worker that is stopping has at most this much time left.
  void hasten(std::chrono::milliseconds left);
  // At once; what comes next is decided as after a crash.
  void kill_worker(std::string_view event, figures::WorkerDeath death);
  // It has been, and its end has not been seen yet.
  [[nodiscard]] bool is_killed() const { return killed_for_.has_value(); }

  // --- what happens ---
  void on_status(wire::WorkerStatus status);
  void on_exit(int wait_status);
  // To be called when deadline() has come.
  void on_deadline();
  // What the worker's memory is now, for the scoreboard.
  void note_memory(std::uint64_t resident_bytes) const;
  void note_proportional_memory(std::uint64_t bytes) const;
  // How long its threads have waited for the interpreter's lock since this was last called.
  void count_lock_waits();
  // Gives up waiting for the next worker's time when nobody can ask any more.
  void give_up_if_unreachable();

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] Duty duty() const { return duty_; }
  [[nodiscard]] std::uint32_t index() const { return settings_.index; }
  [[nodiscard]] pid_t pid() const { return pid_; }  // 0: none
  [[nodiscard]] std::optional<Clock::time_point> deadline() const { return deadline_; }
  // Since when the present worker has been ready; nullopt while it is not.
  [[nodiscard]] std::optional<Clock::time_point> ready_at() const { return ready_at_; }
  // By the present worker.
  [[nodiscard]] std::uint64_t requests_served() const;

 private:
  void begin();
  void become_empty();
  void forget_memory() const;
  void enter(Phase phase, std::optional<Clock::time_point> deadline = std::nullopt);
  void publish() const;
  [[nodiscard]] scoreboard::SlotState published_state() const;
  void tell_to_stop(int signal, std::chrono::milliseconds timeout);
  void wait_to_start(std::chrono::seconds delay);
  [[nodiscard]] bool has_worker() const { return pid_ != 0; }
  [[nodiscard]] std::optional<std::chrono::nanoseconds> ready_for() const;
  enum class Ending : std::uint8_t { kPlanned, kUnplanned };
  [[nodiscard]] bool was_told(Ending ending, int wait_status) const;
  void tell_exit(Ending ending, int wait_status, bool was_out_of_memory) const;
  void count_death(Ending ending, int wait_status, bool was_out_of_memory);
  void after_unplanned_exit(int wait_status);

  SlotSettings settings_;
  WorkerHost& host_;
  const scoreboard::Scoreboard& board_;
  Backoff backoff_;
  LockWaitWatch lock_waits_;
  Phase phase_ = Phase::kEmpty;
  Duty duty_ = Duty::kSpare;
  std::uint32_t generation_ = 0;
  std::optional<Clock::time_point> deadline_;
  pid_t pid_ = 0;
  std::optional<figures::WorkerDeath> killed_for_;  // the present worker
  Clock::time_point started_at_;
  std::optional<Clock::time_point> ready_at_;
  std::uint64_t served_before_ = 0;  // by earlier workers
  std::string killed_because_;       // of the present worker, by us
};

}  // namespace warp::supervisor
