// Requests that kill workers: one that has killed two within a minute is refused for a minute, so
// that it does not take one worker after the other.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace warp::core {

// What makes two requests the same one. Never 0. `seed`: so that nobody can find, beforehand,
// another request with the same number.
struct RequestIdentity {
  std::string_view host;
  std::string_view method;
  std::string_view target;  // path and query
};
[[nodiscard]] std::uint64_t fingerprint(std::uint64_t seed, const RequestIdentity& identity);

// Lies in shared memory, zeroed at first. All times are of the steady clock.
class PoisonTable final {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // A worker has died of it, as far as can be told. In a full table the oldest gives way.
  void note_death(std::uint64_t fingerprint, TimePoint now);
  // It was answered: it is not what kills.
  void note_answer(std::uint64_t fingerprint);
  // For how long it is still refused; nullopt: it is not.
  [[nodiscard]] std::optional<std::chrono::seconds> refused_for(std::uint64_t fingerprint,
                                                                TimePoint now) const;

  static constexpr std::chrono::seconds kMemory{60};

 private:
  static constexpr std::size_t kEntries = 128;
  struct Entry {
    std::uint64_t fingerprint;  // 0: none
    std::int64_t last_death;    // nanoseconds
    std::uint32_t deaths;       // each within kMemory of the one before
  };
  std::array<Entry, kEntries> entries_;
};

}  // namespace warp::core
