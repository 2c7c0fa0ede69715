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

struct WorkerSight {
  Readiness readiness{};
  std::uint32_t load = 0;  // requests that it has been given and not finished
  // All its threads are busy, whatever its load: an application may go on working after the end of
  // a response.
  bool is_occupied = false;
};

// Looks at the slots of a group one by one and keeps the one that is likely to answer first: the
// readiest, among those one with a free thread, among those the least loaded.
class WorkerChoice final {
 public:
  // `avoided` has just failed and loses to its equals.
  WorkerChoice(std::uint32_t threads, std::optional<std::uint32_t> avoided)
      : threads_(threads), avoided_(avoided) {}

  // Whether it is the best one up to now.
  bool consider(std::uint32_t slot, const WorkerSight& sight);
  // nullopt: none is of use.
  [[nodiscard]] std::optional<std::uint32_t> chosen() const { return chosen_; }
  // Of the chosen one.
  [[nodiscard]] Readiness readiness() const { return lowest_.readiness; }
  [[nodiscard]] std::uint32_t load() const { return lowest_.load; }
  // Another worker will soon be ready and idle.
  [[nodiscard]] bool is_one_starting() const { return is_one_starting_; }
  // The chosen one takes a request now, if it may have so many at a time.
  [[nodiscard]] bool has_room(std::uint32_t most) const {
    return chosen_ && takes_requests(lowest_.readiness) && lowest_.load < most;
  }

 private:
  struct Cost {
    Readiness readiness{};
    bool is_full = false;
    bool is_avoided = false;
    bool is_occupied = false;
    std::uint32_t load = 0;
    auto operator<=>(const Cost&) const = default;
  };
  std::uint32_t threads_;
  std::optional<std::uint32_t> avoided_;
  std::optional<std::uint32_t> chosen_;
  Cost lowest_;
  bool is_one_starting_ = false;
};

}  // namespace warp::core
