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
#include "supervisor/worker_host.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {

struct SlotSettings {
  std::string group;
  std::uint32_t index = 0;
  std::chrono::milliseconds startup_timeout{0};  // zero: none
  std::chrono::milliseconds stop_timeout{0};     // from SIGTERM to SIGKILL
};

class Slot final {
 public:
  enum class Phase : std::uint8_t {
    kEmpty,
    kStarting,
    kReady,
    kFailed,    // the application can't be loaded; the worker answers 500
    kBackoff,   // no worker until deadline()
    kStopping,  // told to stop, by us
    kGone,      // no worker, and none will come
  };

  // The host and the scoreboard outlive the slot.
  Slot(SlotSettings settings, WorkerHost& host, const scoreboard::Scoreboard& board);

  // --- what is wanted ---
  void start();
  // A new worker instead of the present one, which finishes its requests first.
  void replace();
  // No worker from now on.
  void stop();
  // A worker that is stopping has at most this much time left.
  void hasten(std::chrono::milliseconds left);

  // --- what happens ---
  void on_status(wire::WorkerStatus status);
  void on_exit(int wait_status);
  // To be called when deadline() has come.
  void on_deadline();
  // Gives up waiting for the next worker's time when nobody can ask any more.
  void give_up_if_unreachable();

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] pid_t pid() const { return pid_; }  // 0: none
  [[nodiscard]] std::optional<Clock::time_point> deadline() const { return deadline_; }

 private:
  enum class Purpose : std::uint8_t { kReplace, kEnd };

  void enter(Phase phase, std::optional<Clock::time_point> deadline = std::nullopt);
  void publish() const;
  void tell_to_stop(Purpose purpose);
  void wait_to_start(std::chrono::seconds delay);
  void kill_worker(std::string_view event);
  [[nodiscard]] bool has_worker() const { return pid_ != 0; }
  [[nodiscard]] bool is_leaving_by_itself() const;
  [[nodiscard]] std::optional<std::chrono::nanoseconds> ready_for() const;
  void log_exit(LogLevel level, int wait_status) const;
  void after_unplanned_exit(int wait_status);

  SlotSettings settings_;
  WorkerHost& host_;
  const scoreboard::Scoreboard& board_;
  Backoff backoff_;
  Phase phase_ = Phase::kEmpty;
  Purpose purpose_ = Purpose::kReplace;  // of kStopping
  std::optional<Clock::time_point> deadline_;
  pid_t pid_ = 0;
  Clock::time_point started_at_;
  std::optional<Clock::time_point> ready_at_;
  std::uint64_t served_before_ = 0;  // by earlier workers
};

}  // namespace warp::supervisor
