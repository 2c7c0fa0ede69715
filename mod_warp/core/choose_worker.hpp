// To which worker of a group a request goes.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace warp::core {

// From the best to the last resort.
enum class Readiness : std::uint8_t {
  kReady,
  kAnswersErrors,  // its application could not be imported
  kStarting,       // will take requests soon
  kAbsent,         // going or not there yet: the next one will come
  kOutOfUse,       // none, or none that may be used now: nothing to wait for
};

[[nodiscard]] constexpr bool takes_requests(Readiness readiness) {
  return readiness <= Readiness::kAnswersErrors;
}

// Looks at the slots of a group one by one and keeps the one that is likely to answer first: the
// readiest, among those the least loaded.
class WorkerChoice final {
 public:
  // `avoided` has just failed and loses to its equals.
  explicit WorkerChoice(std::optional<std::uint32_t> avoided) : avoided_(avoided) {}

  // `load`: requests given to the worker and not finished.
  void consider(std::uint32_t slot, Readiness readiness, std::uint32_t load);
  // nullopt: none is of use.
  [[nodiscard]] std::optional<std::uint32_t> chosen() const { return chosen_; }
  // Of the chosen one.
  [[nodiscard]] Readiness readiness() const { return lowest_.readiness; }
  [[nodiscard]] std::uint32_t load() const { return lowest_.load; }
  // Every ready worker has a request for each of its threads, and another worker will soon be ready
  // and idle: a request that is given out now would wait behind the busy.
  [[nodiscard]] bool is_better_later(std::uint32_t threads) const {
    return is_one_starting_ && lowest_.readiness == Readiness::kReady && lowest_.load >= threads;
  }

 private:
  struct Cost {
    Readiness readiness{};
    bool is_avoided = false;
    std::uint32_t load = 0;
    auto operator<=>(const Cost&) const = default;
  };
  std::optional<std::uint32_t> avoided_;
  std::optional<std::uint32_t> chosen_;
  Cost lowest_;
  bool is_one_starting_ = false;
};

}  // namespace warp::core
