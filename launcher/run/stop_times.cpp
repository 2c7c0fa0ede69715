#include "launcher/run/stop_times.hpp"

namespace warp {
namespace {

// Beyond what a service's keeper gives its program.
constexpr std::chrono::seconds kForKeeper{2};

}  // namespace

StopTimes stop_times(const Settings& settings, std::chrono::seconds delay) {
  StopTimes times{.delay = settings.shutdown_delay.value_or(delay),
                  .graceful = settings.graceful_timeout,
                  .shutdown = settings.shutdown_timeout};
  if (!settings.service_scripts.empty()) times.services = settings.shutdown_timeout + kForKeeper;
  return times;
}

}  // namespace warp
