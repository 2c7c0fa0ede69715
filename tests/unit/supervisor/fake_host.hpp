// A world without processes for the supervisor's logic: time stands still until the test moves it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

class FakeHost final : public WorkerHost {
 public:
  Clock::time_point now() const override { return now_; }
  Result<pid_t> start_worker(std::uint32_t slot, std::uint32_t generation) override {
    if (can_not_start) return fail(Errc::kSystem, "execute worker: No such file or directory");
    started.push_back(slot);
    generations.push_back(generation);
    return next_pid_++;
  }
  Result<> start_template(std::uint32_t generation) override {
    if (can_not_start) return fail(Errc::kSystem, "execute worker: No such file or directory");
    templates.insert(generation);
    return {};
  }
  void end_template(std::uint32_t generation) override { templates.erase(generation); }
  std::optional<ProcessFigures> figures_of(pid_t worker) const override {
    const auto found = figures.find(worker);
    return found == figures.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::uint64_t> proportional_bytes_of(pid_t worker) const override {
    looked_at.push_back(worker);
    now_ += time_of_look;
    return 4096;
  }
  bool is_stopped(pid_t worker) const override { return stopped.contains(worker); }
  std::string last_words(std::uint32_t /*slot*/) const override { return words; }
  bool has_run_out_of_memory() override { return std::exchange(out_of_memory, false); }
  void count(warp::figures::RestartReason reason) override { restarts.push_back(reason); }
  void count(warp::figures::WorkerDeath death) override { deaths.push_back(death); }
  void count(const warp::figures::LockWaits& more) override {
    lock_waits.nanoseconds += more.nanoseconds;
    lock_waits.takings += more.takings;
  }
  void send_signal(pid_t worker, int signal) override { signals.emplace_back(worker, signal); }
  void turn_offers_away(std::uint32_t slot) override { turned_away.push_back(slot); }
  bool is_connector_closed(std::uint32_t slot) const override { return closed.contains(slot); }

  void advance(std::chrono::milliseconds time) { now_ += time; }

  bool can_not_start = false;
  std::vector<std::uint32_t> started;      // slots, in order
  std::vector<std::uint32_t> generations;  // of the started, in order
  std::set<std::uint32_t> templates;       // of these generations, now
  std::map<pid_t, ProcessFigures> figures;
  std::vector<warp::figures::RestartReason> restarts;
  std::vector<warp::figures::WorkerDeath> deaths;
  warp::figures::LockWaits lock_waits;
  mutable std::vector<pid_t> looked_at;  // for their proportional memory, in order
  std::chrono::milliseconds time_of_look{0};
  std::set<pid_t> stopped;  // by a signal
  std::string words;
  bool out_of_memory = false;
  std::vector<std::pair<pid_t, int>> signals;  // sent, in order
  std::vector<std::uint32_t> turned_away;      // slots, in order
  std::set<std::uint32_t> closed;

 private:
  mutable Clock::time_point now_{std::chrono::hours(1)};
  pid_t next_pid_ = 100;
};

// waitpid's statuses.
inline int exit_status(int status) { return status << 8; }

}  // namespace warp::supervisor
