#include "mod_warp/core/poison.hpp"

#include <gmock/gmock.h>

#include "mod_warp/core/log_limit.hpp"

namespace warp::core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Optional;

const PoisonTable::TimePoint kStart{std::chrono::hours(1)};

TEST(Fingerprint, DiffersByEveryPart) {
  const std::uint64_t one = fingerprint(1, {"host", "GET", "/a?b"});
  EXPECT_EQ(fingerprint(1, {"host", "GET", "/a?b"}), one);
  EXPECT_NE(fingerprint(2, {"host", "GET", "/a?b"}), one);
  EXPECT_NE(fingerprint(1, {"other", "GET", "/a?b"}), one);
  EXPECT_NE(fingerprint(1, {"host", "POST", "/a?b"}), one);
  EXPECT_NE(fingerprint(1, {"host", "GET", "/a?c"}), one);
  EXPECT_NE(fingerprint(1, {"hostG", "ET", "/a?b"}), one);
}

class PoisonTableTest : public testing::Test {
 protected:
  PoisonTable table_{};
};

TEST_F(PoisonTableTest, RefusesAfterTheSecondDeathForAMinute) {
  table_.note_death(7, kStart);
  EXPECT_EQ(table_.refused_for(7, kStart), std::nullopt);
  table_.note_death(7, kStart + seconds(59));
  EXPECT_THAT(table_.refused_for(7, kStart + seconds(59)), Optional(seconds(60)));
  EXPECT_THAT(table_.refused_for(7, kStart + milliseconds(118'500)), Optional(seconds(1)));
  EXPECT_EQ(table_.refused_for(7, kStart + seconds(119)), std::nullopt);
}

TEST_F(PoisonTableTest, ForgetsADeathAfterAMinute) {
  table_.note_death(7, kStart);
  table_.note_death(7, kStart + seconds(61));
  EXPECT_EQ(table_.refused_for(7, kStart + seconds(61)), std::nullopt);
}

TEST_F(PoisonTableTest, ForgetsWhatWasAnswered) {
  table_.note_death(7, kStart);
  table_.note_answer(7);
  table_.note_death(7, kStart);
  EXPECT_EQ(table_.refused_for(7, kStart), std::nullopt);
}

TEST_F(PoisonTableTest, TellsRequestsApart) {
  table_.note_death(7, kStart);
  table_.note_death(8, kStart);
  EXPECT_EQ(table_.refused_for(7, kStart), std::nullopt);
  EXPECT_EQ(table_.refused_for(8, kStart), std::nullopt);
}

TEST_F(PoisonTableTest, GivesUpTheOldestWhenItIsFull) {
  for (std::uint64_t each = 1; each <= 1'000; ++each) {
    table_.note_death(each, kStart + milliseconds(each));
    table_.note_death(each, kStart + milliseconds(each));
  }
  EXPECT_EQ(table_.refused_for(1, kStart + seconds(1)), std::nullopt);
  EXPECT_TRUE(table_.refused_for(1'000, kStart + seconds(1)));
  EXPECT_TRUE(table_.refused_for(900, kStart + seconds(1)));
}

TEST(LogLimit, AdmitsOneLineInASecondAndCountsTheOthers) {
  LogLimit limit{};
  EXPECT_THAT(limit.admit(kStart), Optional(0U));
  EXPECT_EQ(limit.admit(kStart + milliseconds(1)), std::nullopt);
  EXPECT_EQ(limit.admit(kStart + milliseconds(999)), std::nullopt);
  EXPECT_THAT(limit.admit(kStart + seconds(1)), Optional(2U));
  EXPECT_THAT(limit.admit(kStart + seconds(2)), Optional(0U));
}

}  // namespace
}  // namespace warp::core
