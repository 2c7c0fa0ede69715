#include "supervisor/limit_watch.hpp"

namespace warp::supervisor {
namespace {

// Up to a tenth later than told, so that workers that were started together do not all restart
// together.
Clock::duration with_jitter(std::chrono::milliseconds interval) {
  std::random_device entropy;
  std::uniform_int_distribution<std::chrono::milliseconds::rep> extra(0, interval.count() / 10);
  return interval + std::chrono::milliseconds(extra(entropy));
}

}  // namespace

bool has_limits(const wire::GroupConfig& config) {
  return config.restart_interval.count() > 0 || config.inactivity_timeout.count() > 0 ||
         config.cpu_time_limit.count() > 0 || config.memory_limit > 0 ||
         config.memory_hard_limit > 0;
}

LimitWatch::LimitWatch(const wire::GroupConfig& config, Clock::time_point ready_at)
    : config_(config),
      restart_at_(ready_at + with_jitter(config.restart_interval)),
      last_active_(ready_at) {}

std::optional<RestartReason> LimitWatch::look(const Observation& seen) {
  if (seen.is_busy || seen.requests_served != last_served_) last_active_ = seen.now;
  last_served_ = seen.requests_served;
  if (config_.memory_limit > 0 && seen.figures.resident_bytes > config_.memory_limit)
    return RestartReason::kMemoryLimit;
  if (config_.cpu_time_limit.count() > 0 && seen.figures.cpu_time >= config_.cpu_time_limit)
    return RestartReason::kCpuTimeLimit;
  if (config_.restart_interval.count() > 0 && seen.now >= restart_at_)
    return RestartReason::kRestartInterval;
  // A worker that has served nothing since it started would be no fresher afterwards.
  if (config_.inactivity_timeout.count() > 0 && seen.requests_served > 0 &&
      seen.now - last_active_ >= config_.inactivity_timeout)
    return RestartReason::kInactivityTimeout;
  return std::nullopt;
}

bool LimitWatch::is_beyond_hard_limit(const Observation& seen) const {
  return config_.memory_hard_limit > 0 && seen.figures.resident_bytes > config_.memory_hard_limit;
}

}  // namespace warp::supervisor
