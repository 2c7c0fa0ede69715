// The worker's sending side of one request: what several threads send leaves as whole frames, and
// nothing leaves after the response's end.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "worker/serving_thread.hpp"

namespace warp::worker {

// For any thread while the request lasts. Lives with the request, as what "the end" is does.
class Outlet final {
 public:
  // `thread`, which may be null, is told of the waits for httpd's child.
  explicit Outlet(channel::Channel& channel, ServingThread* thread = nullptr)
      : channel_(channel), thread_(thread) {}
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;

  // As Channel::send. kClosed also after a frame that ended the response, and in a process that the
  // application has forked. kTimeout also when other threads' sends made no progress in time. After
  // a failed send the same error again: the stream may have stopped within a frame.
  [[nodiscard]] Result<> send(std::span<const channel::OutgoingFrame> frames);
  [[nodiscard]] Result<> send(const channel::OutgoingFrame& frame) {
    return send(std::span(&frame, 1));
  }
  // As Channel::body_memory.
  [[nodiscard]] channel::BodyMemory* body_memory();
  // The other end of the channel is there, or was a moment ago. No wait.
  [[nodiscard]] bool is_connected() const { return channel_.is_connected(); }

 private:
  struct Waiting {
    std::condition_variable condition;
    bool has_turn = false;
  };
  enum class Turn : std::uint8_t { kFree, kTaken, kWaitedFor };
  [[nodiscard]] bool take_turn();
  [[nodiscard]] bool wait_for_turn();
  void pass_turn_on();
  void wake_next();
  [[nodiscard]] Result<> send_whole(std::span<const channel::OutgoingFrame> frames);
  [[nodiscard]] Result<> send_in_turn(std::span<const channel::OutgoingFrame> frames);

  std::atomic<Turn> turn_{Turn::kFree};
  std::mutex mutex_;             // guards: queue_, and turn_ from and to kWaitedFor
  std::vector<Waiting*> queue_;  // first come, first served
  // Of the thread whose turn it is.
  channel::Channel& channel_;
  ServingThread* thread_;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace warp::worker
