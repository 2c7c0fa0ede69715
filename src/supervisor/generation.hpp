// One start of the application's code: the workers that run it, from the import on.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "supervisor/slot.hpp"
#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

class Generation final {
 public:
  enum class Stage : std::uint8_t {
    kImporting,  // its template imports the application
    kStarting,   // its workers get ready
    kReady,      // all of them are
    kFailed,     // it can't serve; of a group's first generation one worker answers 500
  };
  enum class Preload : bool { kOff, kOn };

  // `slots` are empty ones; they outlive the generation, like the host.
  Generation(std::uint32_t number, Duty duty, std::vector<Slot*> slots, WorkerHost& host);

  void begin(Preload preload, std::chrono::milliseconds startup_timeout);
  void on_template_status(wire::WorkerStatus status);
  void on_template_exit();
  // After any event of its slots.
  void look_at_slots();
  // When deadline() has come: the import takes too long.
  void on_deadline();

  // Its workers serve from now on.
  void promote();
  // For development: a candidate that has failed serves by the one worker that can say why. False:
  // it has none.
  [[nodiscard]] bool keep_failed_worker();
  // Another generation has taken over.
  void retire();
  // It has failed, or something newer comes: it leaves no trace.
  void abandon();
  // The worker of one slot is succeeded by that of another.
  void replace(Slot* from, Slot* to);

  [[nodiscard]] std::uint32_t number() const { return number_; }
  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] std::optional<Clock::time_point> deadline() const { return deadline_; }
  [[nodiscard]] const std::vector<Slot*>& slots() const { return slots_; }

 private:
  void start_workers();
  void start_awaiting();
  void fail_import();
  void keep_first_slot();
  void end_template();
  [[nodiscard]] bool any_in(Slot::Phase phase) const;
  [[nodiscard]] bool all_in(Slot::Phase phase) const;

  std::uint32_t number_;
  Duty duty_;
  std::vector<Slot*> slots_;
  WorkerHost& host_;
  Stage stage_ = Stage::kStarting;
  bool has_template_ = false;
  std::optional<Clock::time_point> deadline_;
};

}  // namespace warp::supervisor
