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
#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

class Supervisor final : public WorkerHost {
 public:
  // `signals`: a signalfd with SIGTERM, SIGHUP and SIGCHLD.
  Supervisor(Inheritance inheritance, UniqueFd signals, std::vector<std::string> environment);
  // Returns when the group is over.
  void run();

  [[nodiscard]] Clock::time_point now() const override { return Clock::now(); }
  [[nodiscard]] Result<pid_t> start_worker(std::uint32_t slot) override;
  void send_signal(pid_t worker, int signal) override;
  void turn_offers_away(std::uint32_t slot) override;
  [[nodiscard]] bool is_connector_closed(std::uint32_t slot) const override;

 private:
  void wait_for_signals();
  void wait_for_status(std::uint32_t slot);
  void on_signals();
  void on_terminate();
  void reap();
  void read_status(std::uint32_t slot);
  void wait_for_offers(std::uint32_t slot);
  // After every event: sets the timer anew, or ends the loop.
  void look_ahead();

  Inheritance inheritance_;
  std::vector<std::string> environment_;
  pid_t parent_;  // httpd's
  asio::io_context loop_{1};
  asio::posix::stream_descriptor signals_;
  asio::steady_timer timer_;
  // Per slot. The number of starts tells a handler that waits in the loop's queue, when its
  // descriptor can't cancel it any more, that it is about an earlier worker.
  std::vector<std::uint32_t> starts_;
  std::vector<std::optional<asio::posix::stream_descriptor>> statuses_;
  // Copies of the connectors of slots that wait for their next worker.
  std::vector<std::optional<asio::posix::stream_descriptor>> unattended_;
  Group group_;
  GroupOperator operator_;
  ControlServer control_;
};

}  // namespace warp::supervisor
