// The workers of a process group, as one: start, reload one after another, stop, end.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "scoreboard/scoreboard.hpp"
#include "supervisor/group_status.hpp"
#include "supervisor/slot.hpp"
#include "supervisor/worker_host.hpp"
#include "wire/group_config.hpp"

namespace warp::supervisor {

class Group final {
 public:
  Group(const wire::GroupConfig& config, WorkerHost& host, const scoreboard::Scoreboard& board);

  void start();
  // Replaces the workers one after another, each when the one before is ready. Ends with the first
  // that does not get ready, so that a broken new version takes one worker and not all.
  void reload();
  // Workers finish their requests and end; a second time, they have one second left.
  void stop();
  void stop_soon();

  void on_status(std::uint32_t slot, wire::WorkerStatus status);
  void on_exit(pid_t worker, int wait_status);
  // A slot that waits for its next worker learns that nobody can ask any more.
  void on_connector_closed();
  // Does what is due.
  void on_time();

  [[nodiscard]] std::optional<Clock::time_point> next_deadline() const;
  [[nodiscard]] std::vector<pid_t> workers() const;
  // No worker is left and none will come.
  [[nodiscard]] bool is_over() const;
  [[nodiscard]] const GroupFacts& facts() const { return facts_; }
  [[nodiscard]] const Slot& slot(std::uint32_t index) const { return slots_[index]; }

 private:
  void continue_reload();
  void count_restart(const Slot& slot, int wait_status);

  WorkerHost& host_;
  std::vector<Slot> slots_;
  GroupFacts facts_;
  std::deque<std::uint32_t> to_reload_;
  std::optional<std::uint32_t> reloading_;
};

}  // namespace warp::supervisor
