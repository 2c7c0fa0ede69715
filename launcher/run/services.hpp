// The side processes as they run: each has a keeper, the program warp-service, which starts it anew
// and ends it. They are the launcher's, so they live as long as start-server does.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "launcher/plan/plan.hpp"

namespace warp {

class Services final {
 public:
  // Starts the keepers. Those that run are ended when one can't be started.
  [[nodiscard]] static Result<Services> start(const Plan& plan, const Host& host);

  explicit Services(std::chrono::seconds patience) : patience_(patience) {}
  ~Services() { stop(); }
  Services(Services&& other) noexcept = default;
  Services& operator=(Services&&) = delete;

  // Tells all to end, and waits for that as long as they are given.
  void stop();

 private:
  std::chrono::seconds patience_;
  // By their processes, whose numbers others may have reaped.
  std::vector<UniqueFd> keepers_;
  std::vector<UniqueFd> formatters_;  // of the logs
};

}  // namespace warp
