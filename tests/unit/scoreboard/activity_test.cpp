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

TEST_F(ActivityTest, ForgetsTheSilenceOfTheWorkerBefore) {
  board_.thread(0, 1).silent_since = 1;
  clear_activity(board_, 0);
  EXPECT_EQ(board_.thread(0, 1).silent_since, 0);
}

TEST_F(ActivityTest, IsSilentForTheShortestSilenceOfAllThreads) {
  const std::chrono::steady_clock::time_point now{std::chrono::hours(1)};
  for (const std::uint32_t thread : {0U, 1U, 2U}) {
    EXPECT_EQ(silence_of_all(board_, 0, now).count(), 0) << "thread " << thread << " is idle";
    Recorder(board_, 0, thread).begin(1, "GET", "/");
    board_.thread(0, thread).silent_since =
        std::chrono::nanoseconds((now - std::chrono::seconds(10 + thread)).time_since_epoch())
            .count();
  }
  EXPECT_EQ(silence_of_all(board_, 0, now), std::chrono::seconds(10));
}

}  // namespace
}  // namespace warp::scoreboard
