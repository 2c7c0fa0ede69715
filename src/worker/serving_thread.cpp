#include "worker/serving_thread.hpp"

#include <pthread.h>
#include <time.h>  // NOLINT(modernize-deprecated-headers): clock_gettime is not in <ctime>

#include <cstring>

namespace warp::worker {

std::int64_t ServingThread::now() {
  // The same time as Clock's, as of the last tick.
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  constexpr std::int64_t kNanoseconds = 1'000'000'000;  // in a second
  return time.tv_sec * kNanoseconds + time.tv_nsec;
}

void ServingThread::enter(std::atomic<std::int64_t>* shown) {
  shown_ = shown;
  handle_.store(static_cast<std::uint64_t>(::pthread_self()), std::memory_order_relaxed);
}

void ServingThread::begin(std::uint64_t number, std::string_view id) {
  std::array<std::uint64_t, kLongestId / sizeof(std::uint64_t)> words{};
  id.copy(reinterpret_cast<char*>(words.data()), kLongestId);
  // Whoever reads one of these sees the end of the request before, too.
  for (std::size_t i = 0; i < words.size(); ++i) id_[i].store(words[i], std::memory_order_release);
  const std::int64_t start = now();
  started_.store(start, std::memory_order_release);
  silent_since_.store(start, std::memory_order_release);
  show(start);
  number_.store(number, std::memory_order_release);
}

void ServingThread::end() {
  number_.store(0, std::memory_order_release);
  show(0);
}

std::optional<ServingThread::Request> ServingThread::request() const {
  const std::uint64_t number = number_.load(std::memory_order_acquire);
  if (number == 0) return std::nullopt;
  Request request{.number = number,
                  .id = {},
                  .started = Clock::time_point(
                      std::chrono::nanoseconds(started_.load(std::memory_order_acquire))),
                  .silent_since = {}};
  const bool is_others_turn = others_.load(std::memory_order_acquire) > 0;
  request.silent_since = is_others_turn ? Clock::now()
                                        : Clock::time_point(std::chrono::nanoseconds(
                                              silent_since_.load(std::memory_order_acquire)));
  std::array<char, kLongestId> text{};
  for (std::size_t i = 0; i < id_.size(); ++i) {
    const std::uint64_t word = id_[i].load(std::memory_order_acquire);
    std::memcpy(text.data() + i * sizeof word, &word, sizeof word);
  }
  request.id.assign(text.data(), ::strnlen(text.data(), text.size()));
  // Meanwhile another one may have begun, from which some of it is then.
  if (number_.load(std::memory_order_relaxed) != number) return std::nullopt;
  return request;
}

}  // namespace warp::worker
