// Whether this request is one that kills workers.
#pragma once

#include <optional>

#include "mod_warp/child/request.hpp"

namespace warp {

class Poison final {
 public:
  using TimePoint = Ledger::TimePoint;

  Poison(Request& request, TimePoint now) : request_(request), arrival_(now) {}

  // The status that the client gets, with the reason logged, when it has killed two workers.
  [[nodiscard]] std::optional<int> refusal();
  // A worker has died of it.
  void note_death();
  // It has been answered, so that was no fault of its own.
  void note_answer();

 private:
  [[nodiscard]] std::uint64_t fingerprint();

  Request& request_;
  TimePoint arrival_;
  std::optional<std::uint64_t> fingerprint_;  // once it is needed, which it hardly ever is
};

}  // namespace warp
