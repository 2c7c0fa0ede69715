// A world without processes for the supervisor's logic: time stands still until the test moves it.
#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

class FakeHost final : public WorkerHost {
 public:
  Clock::time_point now() const override { return now_; }
  Result<pid_t> start_worker(std::uint32_t slot) override {
    if (can_not_start) return fail(Errc::kSystem, "execute worker: No such file or directory");
    started.push_back(slot);
    return next_pid_++;
  }
  void send_signal(pid_t worker, int signal) override { signals.emplace_back(worker, signal); }
  void turn_offers_away(std::uint32_t slot) override { turned_away.push_back(slot); }
  bool is_connector_closed(std::uint32_t slot) const override { return closed.contains(slot); }

  void advance(std::chrono::milliseconds time) { now_ += time; }

  bool can_not_start = false;
  std::vector<std::uint32_t> started;          // slots, in order
  std::vector<std::pair<pid_t, int>> signals;  // sent, in order
  std::vector<std::uint32_t> turned_away;      // slots, in order
  std::set<std::uint32_t> closed;

 private:
  Clock::time_point now_{std::chrono::hours(1)};
  pid_t next_pid_ = 100;
};

// waitpid's statuses.
inline int exit_status(int status) { return status << 8; }

}  // namespace warp::supervisor
