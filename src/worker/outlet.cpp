#include "worker/outlet.hpp"

#include <algorithm>
#include <utility>

#include "worker/fork_guard.hpp"

namespace warp::worker {
namespace {

bool ends_response(const channel::OutgoingFrame& frame) {
  return frame.is_last || frame.type == wire::FrameType::kBroken;
}

}  // namespace

Result<> Outlet::send(std::span<const channel::OutgoingFrame> frames) {
  if (is_forked_process())
    return fail(Errc::kClosed, "the request belongs to the process that this one was forked from");
  // Not of a request that only logs, which httpd's child takes for silent too.
  const bool is_log = frames.front().type == wire::FrameType::kLog;
  const ServingThread::OthersTurn wait(is_log ? nullptr : thread_);
  return send_whole(frames);
}

Result<> Outlet::send_whole(std::span<const channel::OutgoingFrame> frames) {
  if (!take_turn()) return fail(Errc::kTimeout, "send on channel: other threads' sends do not end");
  auto sent = send_in_turn(frames);
  pass_turn_on();
  return sent;
}

channel::BodyMemory* Outlet::body_memory() {
  return is_forked_process() ? nullptr : channel_.body_memory();
}

bool Outlet::take_turn() {
  Turn expected = Turn::kFree;
  return turn_.compare_exchange_strong(expected, Turn::kTaken, std::memory_order_acquire,
                                       std::memory_order_relaxed) ||
         wait_for_turn();
}

// A queue and not just a mutex, which a thread that sends piece after piece would take again before
// a waiting one wakes up.
bool Outlet::wait_for_turn() {
  std::unique_lock lock(mutex_);
  if (turn_.exchange(Turn::kWaitedFor, std::memory_order_acquire) == Turn::kFree) return true;
  Waiting self;
  queue_.push_back(&self);
  if (self.condition.wait_for(lock, channel_.send_timeout(), [&] { return self.has_turn; }))
    return true;
  queue_.erase(std::find(queue_.begin(), queue_.end(), &self));
  return false;
}

void Outlet::pass_turn_on() {
  Turn expected = Turn::kTaken;
  if (!turn_.compare_exchange_strong(expected, Turn::kFree, std::memory_order_release,
                                     std::memory_order_relaxed))
    wake_next();
}

void Outlet::wake_next() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) {
    turn_.store(Turn::kFree, std::memory_order_release);
    return;
  }
  Waiting& next = *queue_.front();
  queue_.erase(queue_.begin());
  next.has_turn = true;
  // With the lock held, as `next` goes away with its thread's wait.
  next.condition.notify_one();
}

Result<> Outlet::send_in_turn(std::span<const channel::OutgoingFrame> frames) {
  if (error_) return tl::unexpected(*error_);
  if (ended_) return fail(Errc::kClosed, "the response has ended");
  ended_ = std::any_of(frames.begin(), frames.end(), ends_response);
  auto sent = channel_.send(frames);
  if (!sent) error_ = sent.error();
  return sent;
}

}  // namespace warp::worker
