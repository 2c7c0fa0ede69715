// What the watchdog sees of a thread that serves requests: which request, and how long the
// application has been silent in it. In this process and not on the scoreboard, as decisions hang
// on it; the scoreboard shows a copy, for httpd's word on whether the worker lives.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace warp::worker {

// Written by the thread, and by those that send or read for its request; read by the watchdog at
// any time.
class alignas(64) ServingThread final {
 public:
  using Clock = std::chrono::steady_clock;

  // --- the thread ---
  // Once, before its first request. `shown`: where the scoreboard says since when it is silent.
  void enter(std::atomic<std::int64_t>* shown = nullptr);
  // `number`: never 0. `id`: as the logs name the request; what is longer than kLongestId is cut.
  void begin(std::uint64_t number, std::string_view id);
  void end();

  // While it lives, what is waited for is the other side of the channel and not the application,
  // whose silence begins anew afterwards. `thread` may be null.
  class OthersTurn final {
   public:
    explicit OthersTurn(ServingThread* thread) : thread_(thread) {
      if (thread_ == nullptr) return;
      thread_->others_.fetch_add(1, std::memory_order_relaxed);
      thread_->show(0);
    }
    ~OthersTurn() {
      if (thread_ == nullptr) return;
      const std::int64_t end = now();
      thread_->silent_since_.store(end, std::memory_order_relaxed);
      // Of turns that several threads take at once, the last one's end is shown.
      if (thread_->others_.fetch_sub(1, std::memory_order_release) == 1) thread_->show(end);
    }
    OthersTurn(const OthersTurn&) = delete;
    OthersTurn& operator=(const OthersTurn&) = delete;

   private:
    ServingThread* thread_;
  };

  // --- the watchdog ---
  struct Request {
    std::uint64_t number = 0;
    std::string id;
    Clock::time_point started;
    Clock::time_point silent_since;  // now, while it is another's turn
  };
  // nullopt between requests.
  [[nodiscard]] std::optional<Request> request() const;
  [[nodiscard]] bool is_busy() const { return number_.load(std::memory_order_relaxed) != 0; }
  // pthread_self() of the thread; 0 before enter().
  [[nodiscard]] std::uint64_t handle() const { return handle_.load(std::memory_order_relaxed); }

  static constexpr std::size_t kLongestId = 32;

 private:
  // Nanoseconds of Clock, a few milliseconds behind: a request must not pay for reading the clock.
  [[nodiscard]] static std::int64_t now();
  void show(std::int64_t silent_since) {
    if (shown_ != nullptr) shown_->store(silent_since, std::memory_order_relaxed);
  }

  std::atomic<std::uint64_t> number_{0};  // 0: idle
  std::atomic<std::int64_t> started_{0};
  std::atomic<std::int64_t> silent_since_{0};
  std::atomic<int> others_{0};  // turns of the other side's
  std::atomic<std::uint64_t> handle_{0};
  std::array<std::atomic<std::uint64_t>, kLongestId / sizeof(std::uint64_t)> id_{};  // zero-padded
  std::atomic<std::int64_t>* shown_ = nullptr;
};

}  // namespace warp::worker
