#include "launcher/doctor/times.hpp"

#include <fmt/format.h>

#include "launcher/run/stop_times.hpp"

namespace warp {
namespace {

constexpr auto kCheck = "times";

Finding examine_stop(const Settings& settings, const GracePeriod& grace) {
  // As the first process of a container, where such a period is.
  const StopTimes times = stop_times(settings, default_shutdown_delay(1, false));
  const auto needed = longest_stop(times);
  const auto own = needed - times.delay - times.graceful - times.shutdown - times.services;
  const std::string services =
      times.services.count() > 0 ? fmt::format(" + {} for services", times.services.count()) : "";
  const std::string sum = fmt::format(
      "a stop can take {} s (shutdown-delay {} + graceful-timeout {} + shutdown-timeout {} "
      "+ {} for httpd and what it leaves{})",
      needed.count(), times.delay.count(), times.graceful.count(), times.shutdown.count(),
      own.count(), services);
  const std::string period =
      fmt::format("the {} s of a terminationGracePeriodSeconds", grace.length.count());
  if (needed < grace.length) return {Verdict::kOk, kCheck, sum + ", within " + period};
  return {grace.is_certain ? Verdict::kProblem : Verdict::kWarning, kCheck,
          fmt::format("{}, and after {} Kubernetes kills what runs; shorten them, or set "
                      "terminationGracePeriodSeconds: {}",
                      sum, period, needed.count() + 5)};
}

}  // namespace

Findings examine_times(const Settings& settings, const GracePeriod& grace) {
  Findings findings{examine_stop(settings, grace)};
  if (settings.graceful_timeout.count() == 0)
    findings.push_back({Verdict::kWarning, kCheck,
                        "graceful-timeout is 0, so that a stop or a reload cuts running requests "
                        "short; give them some seconds"});
  const auto interval = settings.restart_interval;
  if (interval.count() > 0 && interval <= settings.startup_timeout)
    findings.push_back(
        {Verdict::kWarning, kCheck,
         fmt::format("restart-interval ({} s) is not longer than startup-timeout ({} s): a process "
                     "may be due for replacement before the last one's successor is ready; make "
                     "the interval longer",
                     interval.count(), settings.startup_timeout.count())});
  return findings;
}

}  // namespace warp
