// All that is counted for a process group: as atomic numbers in shared memory, and as plain ones
// when it is summed up.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "mod_warp/core/request_classes.hpp"

namespace warp::core {

// What may happen to a request beside its answer.
enum class TallyEvent : std::uint8_t {
  kRetry,           // given to a worker once more
  kQueueFull,       // refused: queue-limit
  kQueueTimeout,    // no thread took it up in time
  kRequestTimeout,  // the application was silent for too long
  kNoWorker,        // no worker, or none that got ready in time
  kPoison,          // refused: it has killed workers
  kBadAnswer,       // the worker died with it, or broke the protocol
  kBrokenOff,       // the response had begun and could not be finished
  kClientGone,      // did not wait for the whole response
};
inline constexpr std::size_t kTallyEvents = 9;

// Upper ends of a histogram's buckets, in microseconds; one more bucket holds the rest.
inline constexpr std::array<std::uint64_t, 15> kBucketEnds = {
    1'000,   2'500,     5'000,     10'000,    25'000,     50'000,     100'000,   250'000,
    500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000, 30'000'000, 60'000'000};

[[nodiscard]] constexpr std::size_t bucket_of(std::uint64_t microseconds) {
  std::size_t bucket = 0;
  while (bucket < kBucketEnds.size() && microseconds > kBucketEnds[bucket]) ++bucket;
  return bucket;
}

template <typename Number>
struct HistogramRecord {
  std::array<Number, kBucketEnds.size() + 1> buckets{};  // each by itself
  Number sum{};                                          // microseconds
};

template <typename Number>
struct TallyRecord {
  std::array<std::array<Number, kStatusClasses>, kMethodClasses> requests{};
  HistogramRecord<Number> queue{};
  HistogramRecord<Number> application{};
  HistogramRecord<Number> total{};
  Number response_bytes{};
  std::array<Number, kTallyEvents> events{};
};

using TallyTotals = TallyRecord<std::uint64_t>;

// Calls visit(a, b) for each number of two records.
template <typename First, typename Second, typename Visit>
void for_each_pair(First& first, Second& second, Visit&& visit) {
  const auto both = [&](auto& a, auto& b) {
    for (std::size_t i = 0; i < a.size(); ++i) visit(a[i], b[i]);
  };
  const auto histograms = [&](auto& a, auto& b) {
    both(a.buckets, b.buckets);
    visit(a.sum, b.sum);
  };
  for (std::size_t i = 0; i < first.requests.size(); ++i)
    both(first.requests[i], second.requests[i]);
  histograms(first.queue, second.queue);
  histograms(first.application, second.application);
  histograms(first.total, second.total);
  visit(first.response_bytes, second.response_bytes);
  both(first.events, second.events);
}

}  // namespace warp::core
