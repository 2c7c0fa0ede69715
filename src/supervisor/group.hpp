// The workers of a process group, as one: generations of the application's code, one after another,
// each ready before the one before it stops; single workers replaced at their limits; stop and end.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "scoreboard/scoreboard.hpp"
#include "supervisor/generation.hpp"
#include "supervisor/group_status.hpp"
#include "supervisor/limit_watch.hpp"
#include "supervisor/memory_turns.hpp"
#include "supervisor/slot.hpp"
#include "supervisor/worker_host.hpp"
#include "wire/group_config.hpp"

namespace warp::supervisor {

class Group final {
 public:
  // The configuration, the host and the scoreboard outlive the group. The scoreboard has room for
  // two generations.
  Group(const wire::GroupConfig& config, WorkerHost& host, const scoreboard::Scoreboard& board);

  void start();
  // A new generation beside the present one, which goes on serving until the new one is ready, and
  // beyond that if it does not get ready. A reload in progress gives way to this one.
  void reload(RestartReason reason);
  // The workers that serve say then whether they have loaded other code than lies there now.
  void look_for_changed_code() const;
  // Workers finish their requests and end; a second time, they have one second left.
  void stop();
  void stop_soon();

  void on_status(std::uint32_t slot, wire::WorkerStatus status);
  void on_exit(pid_t worker, int wait_status);
  void on_template_status(std::uint32_t generation, wire::WorkerStatus status);
  void on_template_exit(std::uint32_t generation);
  // A slot that waits for its next worker learns that nobody can ask any more.
  void on_connector_closed();
  // Does what is due.
  void on_time();

  [[nodiscard]] std::optional<Clock::time_point> next_deadline() const;
  [[nodiscard]] std::vector<pid_t> workers() const;
  // Those that children of httpd send requests to.
  [[nodiscard]] std::vector<pid_t> serving_workers() const;
  // No worker is left and none will come.
  [[nodiscard]] bool is_over() const;
  [[nodiscard]] const Slot& slot(std::uint32_t index) const { return slots_[index]; }
  [[nodiscard]] std::uint32_t slot_count() const;
  // The generation that serves.
  [[nodiscard]] std::uint32_t generation() const { return current_->number(); }
  [[nodiscard]] const GroupFacts& facts() const { return facts_; }

 private:
  // A single worker that gives way to a new one of its generation.
  struct Succession {
    Slot* from;
    Slot* to;
    RestartReason reason;
  };

  [[nodiscard]] std::vector<Slot*> free_slots();
  [[nodiscard]] Generation make_generation(Duty duty, std::vector<Slot*> slots);
  [[nodiscard]] Generation::Preload preload() const;
  // What comes next, after every event.
  void go_on();
  void want_reload(RestartReason reason);
  void go_on_with_reload();
  void begin_reload();
  void take_over();
  void show_failure();
  void drop_reload();
  void go_on_with_succession();
  void begin_succession();
  void end_succession();
  void want_successor(Slot& slot, RestartReason reason);
  void look_at_workers();
  void look_for_standstill(Slot& slot);
  void look_at_limits_of(Slot& slot, const ProcessFigures& figures);
  void count(RestartReason reason);

  const wire::GroupConfig& config_;
  WorkerHost& host_;
  const scoreboard::Scoreboard& board_;
  std::vector<Slot> slots_;
  GroupFacts facts_;
  std::uint32_t last_number_ = 0;
  std::optional<Generation> current_;
  std::optional<Generation> next_;
  RestartReason next_reason_ = RestartReason::kReload;
  std::optional<RestartReason> wanted_reload_;

  std::map<Slot*, RestartReason> wanted_successors_;
  std::optional<Succession> succession_;
  Backoff succession_backoff_;
  std::optional<Clock::time_point> no_succession_before_;

  MemoryTurns memory_turns_;
  std::map<Slot*, LimitWatch> watches_;  // of ready workers
  // How often in a row a worker was seen stopped by a signal.
  std::map<Slot*, unsigned> standstills_;
  std::optional<Clock::time_point> look_due_;
};

}  // namespace warp::supervisor
