#include "worker/errands.hpp"

#include <exception>
#include <utility>

#include "base/log.hpp"

namespace warp::worker {
namespace {

void do_safely(const std::function<void()>& errand) {
  try {
    errand();
  } catch (const std::exception& error) {
    log_error("a look into the interpreter failed", {{"reason", error.what()}});
  }
}

}  // namespace

Errands::Errands() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

std::uint64_t Errands::send(std::function<void()> errand) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(errand));
  changed_.notify_all();
  return ++sent_;
}

bool Errands::run(std::function<void()> errand, Deadline patience) {
  const std::uint64_t ours = send(std::move(errand));
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience.remaining(), [&] { return done_ >= ours; });
}

std::optional<Errands::Clock::time_point> Errands::busy_since() const {
  const std::lock_guard lock(mutex_);
  return busy_since_;
}

void Errands::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    if (stop.stop_requested()) return;
    const std::function<void()> errand = std::move(waiting_.front());
    waiting_.pop_front();
    busy_since_ = Clock::now();
    lock.unlock();
    do_safely(errand);
    lock.lock();
    busy_since_.reset();
    ++done_;
    changed_.notify_all();
  }
}

}  // namespace warp::worker
