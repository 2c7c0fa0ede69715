#include "scoreboard/activity.hpp"

#include <gtest/gtest.h>

namespace warp::scoreboard {
namespace {

class ActivityTest : public testing::Test {
 protected:
  Scoreboard board_ =
      Scoreboard::map(create_segment({.slots = 2, .threads = 3}).value().get()).value();
};

TEST_F(ActivityTest, IsEmptyAtFirst) { EXPECT_TRUE(busy_threads(board_, 0).empty()); }

TEST_F(ActivityTest, NamesWhatABusyThreadIsDoing) {
  Recorder recorder(board_, 1, 2);
  recorder.begin(77, "POST", "/upload");
  recorder.response_started();
  const auto busy = busy_threads(board_, 1);
  ASSERT_EQ(busy.size(), 1U);
  EXPECT_EQ(busy[0].thread, 2U);
  EXPECT_EQ(busy[0].request_id, 77U);
  EXPECT_EQ(busy[0].method, "POST");
  EXPECT_EQ(busy[0].path, "/upload");
  EXPECT_EQ(stage_text(busy[0].stage), "sending the response");
  EXPECT_TRUE(busy_threads(board_, 0).empty());
}

TEST_F(ActivityTest, TellsWhetherTheApplicationWasCalled) {
  Recorder recorder(board_, 0, 0);
  recorder.begin(1, "GET", "/");
  EXPECT_EQ(stage_text(busy_threads(board_, 0).at(0).stage), "waiting for the interpreter");
  recorder.application_called();
  EXPECT_EQ(stage_text(busy_threads(board_, 0).at(0).stage), "in the application");
}

TEST_F(ActivityTest, EndsWithTheRequest) {
  Recorder recorder(board_, 0, 0);
  recorder.begin(1, "GET", "/");
  recorder.end();
  EXPECT_TRUE(busy_threads(board_, 0).empty());
}

TEST_F(ActivityTest, DoesNotBelieveATimeToCome) {
  Recorder(board_, 0, 0).begin(1, "GET", "/");
  board_.thread(0, 0).started_us = ~std::uint64_t{0};
  EXPECT_EQ(busy_threads(board_, 0).at(0).age.count(), 0);
}

TEST_F(ActivityTest, IsForgottenForANewWorker) {
  Recorder(board_, 0, 0).begin(1, "GET", "/");
  clear_activity(board_, 0);
  EXPECT_TRUE(busy_threads(board_, 0).empty());
  EXPECT_EQ(board_.slot(0).busy_threads, 0U);
}

}  // namespace
}  // namespace warp::scoreboard
