// What a slot does to the world, so that the life of a group can be tested without processes and
// without waiting.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

#include "base/result.hpp"

namespace warp::supervisor {

using Clock = std::chrono::steady_clock;

class WorkerHost {
 public:
  virtual ~WorkerHost() = default;
  [[nodiscard]] virtual Clock::time_point now() const = 0;
  // A new worker process for the slot, which will report a WorkerStatus and one day an exit.
  [[nodiscard]] virtual Result<pid_t> start_worker(std::uint32_t slot) = 0;
  virtual void send_signal(pid_t worker, int signal) = 0;
  // Until the slot's next worker is started, channels that are offered to it are handed back, so
  // that their requests go elsewhere instead of waiting with it.
  virtual void turn_offers_away(std::uint32_t slot) = 0;
  // All of httpd's processes have closed their ends of the slot's connector: no request can come.
  [[nodiscard]] virtual bool is_connector_closed(std::uint32_t slot) const = 0;
};

}  // namespace warp::supervisor
