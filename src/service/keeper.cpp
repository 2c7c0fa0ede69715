#include "service/keeper.hpp"

#include <utility>

namespace warp::service {

void Keeper::started(Clock::time_point now) {
  started_at_ = now;
  deadline_.reset();
}

std::optional<Keeper::Order> Keeper::ended(Clock::time_point now) {
  const auto life = now - std::exchange(started_at_, std::nullopt).value_or(now);
  deadline_.reset();
  if (is_stopping_) return Order::kEnd;
  const std::chrono::seconds delay = backoff_.after_life_of(life);
  if (delay.count() == 0) return Order::kStart;
  deadline_ = now + delay;
  return std::nullopt;
}

Keeper::Order Keeper::stop(Clock::time_point now) {
  const bool is_second = std::exchange(is_stopping_, true);
  deadline_.reset();
  if (!started_at_) return Order::kEnd;
  if (is_second) return Order::kKill;
  deadline_ = now + patience_;
  return Order::kTerminate;
}

std::optional<Keeper::Order> Keeper::on_deadline() {
  deadline_.reset();
  return is_stopping_ ? Order::kKill : Order::kStart;
}

}  // namespace warp::service
