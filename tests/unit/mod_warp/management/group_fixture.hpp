// A process group in memory: scoreboard, ledger and tally, and the figures that they give.
#pragma once

#include "mod_warp/management/group_figures.hpp"

namespace warp::management {

inline constexpr std::uint32_t kSlots = 4;
inline constexpr std::uint32_t kThreads = 2;
// Of one process, whose worker may have requests that wait.
inline constexpr LedgerSize kLedger{.slots = kSlots, .places = kThreads + 3, .queue_limit = 3};
inline const TimePoint kNow{std::chrono::hours(1)};

class Group final {
 public:
  [[nodiscard]] GroupFigures look(TimePoint now = kNow) const { return look_at(managed_, now); }

  [[nodiscard]] const ManagedGroup& managed() const { return managed_; }

  void set_state(std::uint32_t slot, scoreboard::SlotState state) const {
    board.set_state(slot, state);
  }
  // As httpd's children do for requests that they have sent.
  void give(std::uint32_t slot, std::uint32_t requests) const {
    for (std::uint32_t index = 0; index < requests; ++index)
      (void)ledger.places().take({.slot = slot, .index = index}, 1);
  }

  scoreboard::Scoreboard board =
      scoreboard::Scoreboard::map(
          scoreboard::create_segment({.slots = kSlots, .threads = kThreads})->get())
          .value();
  Ledger ledger = Ledger::map(Ledger::create(kLedger)->get(), kLedger).value();
  Tally tally = Tally::map(Tally::create()->get()).value();
  figures::Chronicle chronicle =
      figures::Chronicle::map(figures::Chronicle::create()->get()).value();
  figures::Series series = figures::Series::map(figures::Series::create()->get()).value();

 private:
  ManagedGroup managed_{.name = "site",
                        .processes = 1,
                        .threads = kThreads,
                        .queue_limit = kLedger.queue_limit,
                        .hard_limit = std::chrono::seconds(60),
                        .saturation_timeout = std::chrono::seconds(10),
                        .board = board,
                        .ledger = ledger,
                        .tally = tally,
                        .chronicle = chronicle,
                        .series = series};
};

}  // namespace warp::management
