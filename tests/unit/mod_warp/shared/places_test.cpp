#include <gmock/gmock.h>

#include "unit/mod_warp/shared/ledger_memory.hpp"

namespace warp {
namespace {

using testing::Optional;

constexpr Holder kChild = 100;
constexpr Holder kOther = 200;

class PlacesTest : public testing::Test {
 protected:
  Ledger ledger_ = make_ledger(kTwoByTwo);
  Places places_ = ledger_.places();

  SlotLoad look(std::uint32_t slot) { return places_.look(slot, kTwoByTwo.places, kNothingRuns); }
};

TEST_F(PlacesTest, CountWhatAllChildrenHaveGivenOut) {
  ASSERT_TRUE(places_.take({.slot = 1, .index = 0}, kChild));
  ASSERT_TRUE(places_.take({.slot = 1, .index = 1}, kOther));
  EXPECT_EQ(look(1).taken, 2U);
  EXPECT_EQ(look(1).free, std::nullopt);
  places_.give_back({.slot = 1, .index = 0});
  EXPECT_EQ(look(1).taken, 1U);
  EXPECT_THAT(look(1).free, Optional(0U));
  EXPECT_EQ(look(0).taken, 0U);
}

TEST_F(PlacesTest, AreGivenToOneOfTwoThatSawTheSame) {
  EXPECT_TRUE(places_.take({.slot = 0, .index = 0}, kChild));
  EXPECT_FALSE(places_.take({.slot = 0, .index = 0}, kOther));
}

TEST_F(PlacesTest, StayTakenWhileTheWorkerIsBusyWithAnAbandonedRequest) {
  const Place place{.slot = 0, .index = 1};
  ASSERT_TRUE(places_.take(place, kChild));
  places_.at(place).request.store(77);
  places_.abandon(place);
  const auto runs = [](std::uint32_t slot, std::uint64_t request) {
    return slot == 0 && request == 77;
  };
  EXPECT_EQ(places_.look(0, 2, runs).taken, 1U);
  EXPECT_EQ(look(0).taken, 0U) << "it has ended";
  EXPECT_EQ(places_.look(0, 2, runs).taken, 0U) << "the place is free for good";
}

TEST_F(PlacesTest, AreAbandonedByAChildThatEnds) {
  ASSERT_TRUE(places_.take({.slot = 0, .index = 0}, kChild));
  ASSERT_TRUE(places_.take({.slot = 0, .index = 1}, kOther));
  ledger_.child_ended(kChild);
  EXPECT_EQ(look(0).taken, 1U);
  EXPECT_EQ(places_.at({.slot = 0, .index = 1}).holder.load(), kOther);
}

TEST_F(PlacesTest, OfThreadsComeBeforeThoseOfRequestsThatWait) {
  const LedgerSize size{.slots = 1, .places = 5, .queue_limit = 3};
  const Ledger ledger = make_ledger(size);
  for (const std::uint32_t expected : {1U, 0U, 2U, 3U, 4U}) {
    const auto place = ledger.places().take_any(0, 2, 1, kChild);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->index, expected);
  }
  EXPECT_FALSE(ledger.places().take_any(0, 2, 1, kChild));
}

}  // namespace
}  // namespace warp
