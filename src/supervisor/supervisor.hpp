// The event loop around a group: signals, exits, statuses and times go in, processes come out.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "supervisor/asio.hpp"
#include "supervisor/control_server.hpp"
#include "supervisor/group.hpp"
#include "supervisor/group_operator.hpp"
#include "supervisor/inheritance.hpp"
#include "supervisor/memory_events.hpp"
#include "supervisor/spawn.hpp"
#include "supervisor/templates.hpp"
#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

class Supervisor final : public WorkerHost {
 public:
  // `signals`: a signalfd with SIGTERM, SIGHUP, SIGUSR1 and SIGCHLD.
  Supervisor(Inheritance inheritance, UniqueFd signals, std::vector<std::string> environment);
  // Returns when the group is over.
  void run();

  [[nodiscard]] Clock::time_point now() const override { return Clock::now(); }
  [[nodiscard]] Result<pid_t> start_worker(std::uint32_t slot, std::uint32_t generation) override;
  [[nodiscard]] Result<> start_template(std::uint32_t generation) override;
  void end_template(std::uint32_t generation) override { templates_.end(generation); }
  void send_signal(pid_t worker, int signal) override;
  void turn_offers_away(std::uint32_t slot) override;
  [[nodiscard]] bool is_connector_closed(std::uint32_t slot) const override;
  [[nodiscard]] std::optional<ProcessFigures> figures_of(pid_t worker) const override;
  [[nodiscard]] std::optional<std::uint64_t> proportional_bytes_of(pid_t worker) const override;
  [[nodiscard]] bool is_stopped(pid_t worker) const override;
  [[nodiscard]] std::string last_words(std::uint32_t slot) const override;
  [[nodiscard]] bool has_run_out_of_memory() override { return memory_events_.have_killed(); }
  void count(figures::RestartReason reason) override { inheritance_.chronicle.count(reason); }
  void count(figures::WorkerDeath death) override { inheritance_.chronicle.count(death); }
  void count(const figures::LockWaits& more) override { inheritance_.chronicle.count(more); }

 private:
  using Descriptor = asio::posix::stream_descriptor;
  // What a worker or template reports over; the number tells a handler that waits in the loop's
  // queue, when its descriptor can't cancel it any more, that it is about an earlier process.
  struct Status {
    std::uint64_t number = 0;
    std::optional<Descriptor> pipe;
  };

  void wait_for_signals();
  void on_signals();
  void on_terminate();
  void reap();
  void on_exit(pid_t process, int wait_status);
  [[nodiscard]] Result<pid_t> exec_worker(const std::string& what, int connector,
                                          const StatusPipe& status, int crash);
  void watch_status(std::uint32_t slot, UniqueFd pipe);
  void wait_for_status(std::uint32_t slot);
  void read_status(std::uint32_t slot);
  void wait_for_template(std::uint32_t generation, UniqueFd pipe);
  void wait_for_offers(std::uint32_t slot);
  // After every event: sets the timer anew, or ends the loop.
  void look_ahead();

  Inheritance inheritance_;
  std::vector<std::string> environment_;
  pid_t parent_;  // httpd's
  asio::io_context loop_{1};
  Descriptor signals_;
  asio::steady_timer timer_;
  Templates templates_;
  MemoryEvents memory_events_;
  // Per slot.
  std::vector<Status> statuses_;
  std::vector<UniqueFd> crash_files_;
  // Copies of the connectors of slots that have no worker.
  std::vector<std::optional<Descriptor>> unattended_;
  Group group_;
  GroupOperator operator_;
  ControlServer control_;
};

}  // namespace warp::supervisor
