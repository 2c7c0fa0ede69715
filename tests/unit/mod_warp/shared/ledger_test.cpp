#include "mod_warp/shared/ledger.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "unit/mod_warp/shared/ledger_memory.hpp"

namespace warp {
namespace {

using std::chrono::seconds;
using testing::Optional;

const Ledger::TimePoint kStart{std::chrono::hours(1)};

TEST(Ledger, IsTheSameInTwoMappings) {
  const UniqueFd memory = Ledger::create(kTwoByTwo).value();
  const Ledger one = Ledger::map(memory.get(), kTwoByTwo).value();
  const Ledger other = Ledger::map(memory.get(), kTwoByTwo).value();
  ASSERT_TRUE(one.queue().enter({.at = kStart}, ::getpid()));
  EXPECT_TRUE(other.queue().is_anyone_waiting());
  EXPECT_EQ(one.fingerprint_of({"h", "GET", "/"}), other.fingerprint_of({"h", "GET", "/"}));
}

TEST(Ledger, CannotBeShrunkUnderAMapping) {
  const UniqueFd memory = Ledger::create(kTwoByTwo).value();
  EXPECT_EQ(::ftruncate(memory.get(), 0), -1);
}

TEST(Ledger, IsNotTakenForOneOfAnotherSize) {
  const UniqueFd memory = Ledger::create(kTwoByTwo).value();
  LedgerSize other = kTwoByTwo;
  other.places = 100;
  EXPECT_EQ(Ledger::map(memory.get(), other).error().code, Errc::kProtocol);
}

TEST(Ledger, AsksForFingerprintsOnlyAfterADeath) {
  const Ledger ledger = make_ledger(kTwoByTwo);
  EXPECT_TRUE(ledger.is_without_poison(kStart));
  ledger.note_death(7, kStart);
  EXPECT_FALSE(ledger.is_without_poison(kStart + seconds(59)));
  EXPECT_TRUE(ledger.is_without_poison(kStart + seconds(60)));
}

TEST(Ledger, RefusesWhatHasKilledTwoWorkers) {
  const Ledger ledger = make_ledger(kTwoByTwo);
  ledger.note_death(7, kStart);
  EXPECT_EQ(ledger.refused_for(7, kStart), std::nullopt);
  ledger.note_death(7, kStart + seconds(1));
  EXPECT_THAT(ledger.refused_for(7, kStart + seconds(1)), Optional(seconds(60)));
  ledger.note_answer(7);
  EXPECT_EQ(ledger.refused_for(7, kStart + seconds(1)), std::nullopt);
}

TEST(Ledger, ShowsTheSlowestRequestsInEachMapping) {
  const UniqueFd memory = Ledger::create(kTwoByTwo).value();
  const Ledger one = Ledger::map(memory.get(), kTwoByTwo).value();
  const Ledger other = Ledger::map(memory.get(), kTwoByTwo).value();
  EXPECT_TRUE(one.is_among_slowest(seconds(1), kStart));
  one.note_slow({.ended_at = kStart, .total = seconds(1), .path = "/report"}, kStart);
  ASSERT_EQ(other.slowest(kStart).size(), 1U);
  EXPECT_EQ(other.slowest(kStart)[0].path, "/report");
}

}  // namespace
}  // namespace warp
