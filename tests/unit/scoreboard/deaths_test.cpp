#include "scoreboard/deaths.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "scoreboard/activity.hpp"

namespace warp::scoreboard {
namespace {

class DeathsTest : public testing::Test {
 protected:
  void note(std::uint64_t at_us) const {
    note_death(board_, {.at_us = at_us, .how = "SIGKILL", .cause = ""});
  }

  Scoreboard board_ =
      Scoreboard::map(create_segment({.slots = 3, .threads = 5}).value().get()).value();
};

TEST_F(DeathsTest, AreNoneAtFirst) { EXPECT_TRUE(last_deaths(board_).empty()); }

TEST_F(DeathsTest, TellAllThatIsKnown) {
  note_death(board_, {.at_us = 17,
                      .slot = 2,
                      .pid = 4711,
                      .generation = 3,
                      .uptime = std::chrono::seconds(9),
                      .requests = 12,
                      .how = "SIGSEGV",
                      .cause = "out of memory",
                      .lost = {{.method = "GET",
                                .path = "/report",
                                .stage = Stage::kApplication,
                                .age = std::chrono::seconds(2)}},
                      .lost_requests = 1,
                      .last_words = "Fatal Python error\n  File \"x.py\"\n"});
  const auto deaths = last_deaths(board_);
  ASSERT_EQ(deaths.size(), 1U);
  const DeadWorker& dead = deaths[0];
  EXPECT_EQ(dead.at_us, 17U);
  EXPECT_EQ(dead.slot, 2U);
  EXPECT_EQ(dead.pid, 4711);
  EXPECT_EQ(dead.generation, 3U);
  EXPECT_EQ(dead.uptime, std::chrono::seconds(9));
  EXPECT_EQ(dead.requests, 12U);
  EXPECT_EQ(dead.how, "SIGSEGV");
  EXPECT_EQ(dead.cause, "out of memory");
  EXPECT_EQ(dead.last_words, "Fatal Python error\n  File \"x.py\"\n");
  EXPECT_EQ(dead.lost_requests, 1U);
  ASSERT_EQ(dead.lost.size(), 1U);
  EXPECT_EQ(dead.lost[0].method, "GET");
  EXPECT_EQ(dead.lost[0].path, "/report");
  EXPECT_EQ(dead.lost[0].stage, Stage::kApplication);
  EXPECT_EQ(dead.lost[0].age, std::chrono::seconds(2));
}

TEST_F(DeathsTest, ComeWithTheLatestFirstAndTheOldestGiveWay) {
  for (std::uint64_t at = 1; at <= kDeaths + 3; ++at) note(at);
  const auto deaths = last_deaths(board_);
  ASSERT_EQ(deaths.size(), kDeaths);
  EXPECT_EQ(deaths.front().at_us, kDeaths + 3);
  EXPECT_EQ(deaths.back().at_us, 4U);
}

TEST_F(DeathsTest, CountTheRequestsThatThereIsNoRoomFor) {
  DeadWorker dead{.at_us = 1, .how = "SIGKILL", .cause = ""};
  dead.lost.resize(kLostRequests + 1);
  dead.lost_requests = kLostRequests + 1;
  note_death(board_, dead);
  EXPECT_EQ(last_deaths(board_).at(0).lost.size(), kLostRequests);
  EXPECT_EQ(last_deaths(board_).at(0).lost_requests, kLostRequests + 1);
}

TEST_F(DeathsTest, AreCutToTheirRoom) {
  note_death(board_, {.at_us = 1,
                      .how = std::string(500, 'h'),
                      .cause = "",
                      .last_words = std::string(50'000, 'w')});
  EXPECT_EQ(last_deaths(board_).at(0).how, std::string(48, 'h'));
  EXPECT_EQ(last_deaths(board_).at(0).last_words, std::string(3072, 'w'));
}

TEST_F(DeathsTest, AreBoundedWhateverAWorkerHasWritten) {
  for (std::size_t index = 0; index < kDeaths; ++index) {
    board_.death(index).number = UINT64_MAX;
    std::memset(&board_.death(index).facts, 0xff, sizeof(DeathFacts));
  }
  const auto deaths = last_deaths(board_);
  ASSERT_EQ(deaths.size(), kDeaths);
  for (const DeadWorker& dead : deaths) {
    EXPECT_LE(dead.at_us, now_us());
    EXPECT_LT(dead.slot, 3U);
    EXPECT_GE(dead.pid, 0);
    EXPECT_EQ(dead.lost_requests, 5U);
    EXPECT_EQ(dead.lost.size(), kLostRequests);
    EXPECT_EQ(dead.how, std::string(48, '?'));
    EXPECT_EQ(dead.last_words, std::string(3072, '?'));
    EXPECT_EQ(stage_text(dead.lost[0].stage), "unknown");
  }
  note(now_us());
  EXPECT_EQ(last_deaths(board_).size(), kDeaths) << "and the next one is still written down";
}

TEST_F(DeathsTest, AreNotReadWhileTheyAreWritten) {
  note(1);
  board_.death(0).number = 0;
  EXPECT_TRUE(last_deaths(board_).empty());
}

}  // namespace
}  // namespace warp::scoreboard
