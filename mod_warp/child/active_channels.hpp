// The channels that requests are using at the moment, so that a child that is told to stop can end
// waits on them: httpd joins its threads, and a thread that waits for an application notices no
// signal.
#pragma once

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cstddef>

namespace warp {

// Fixed and lock-free: prefork stops a child from within a signal handler. A channel that finds no
// place is only not woken.
class ActiveChannels final {
 public:
  // Gives the place, to be given up; kNoPlace when all are taken.
  [[nodiscard]] std::size_t enter(int fd) {
    const auto first = static_cast<std::size_t>(fd) % kPlaces;
    for (std::size_t i = 0; i < kPlaces; ++i) {
      const std::size_t place = (first + i) % kPlaces;
      int free = 0;
      if (!fds_[place].compare_exchange_strong(free, fd + 1)) continue;
      // The sweep of shut_down() may have passed this place already.
      if (is_stopping()) ::shutdown(fd, SHUT_RDWR);
      return place;
    }
    return kNoPlace;
  }
  void leave(std::size_t place) {
    if (place != kNoPlace) fds_[place].store(0, std::memory_order_release);
  }
  // Async-signal-safe.
  void shut_down() {
    is_stopping_ = true;
    for (const std::atomic<int>& fd : fds_)
      if (const int value = fd.load(); value > 0) ::shutdown(value - 1, SHUT_RDWR);
  }

  // The child ends now: no request is worth another try.
  [[nodiscard]] bool is_stopping() const { return is_stopping_; }

  static constexpr std::size_t kNoPlace = ~std::size_t{0};

 private:
  static constexpr std::size_t kPlaces = 512;
  std::array<std::atomic<int>, kPlaces> fds_{};  // plus one; 0: free
  std::atomic<bool> is_stopping_{false};
};

}  // namespace warp
