#include "scoreboard/request_trace.hpp"

#include <gtest/gtest.h>

#include "scoreboard/activity.hpp"

namespace warp::scoreboard {
namespace {

class RequestTraceTest : public testing::Test {
 protected:
  RequestTraceTest() { call(first_, 77); }
  static void call(Recorder& recorder, std::uint64_t request_id) {
    recorder.begin(request_id, "GET", "/a");
    recorder.application_called();
  }
  RequestTrace trace(std::uint64_t request_id) const {
    return trace_request(board_, 1, request_id);
  }

  Scoreboard board_ = Scoreboard::map(create_segment({.slots = 2, .threads = 3})->get()).value();
  Recorder first_{board_, 1, 0};
  Recorder second_{board_, 1, 1};
};

TEST_F(RequestTraceTest, FindsTheThreadThatHasIt) {
  EXPECT_TRUE(trace(77).was_called);
  EXPECT_EQ(trace(77).stage, Stage::kApplication);
  EXPECT_EQ(trace(77).started_us, board_.thread(1, 0).started_us.load());
  EXPECT_FALSE(trace(78).was_taken);
  EXPECT_FALSE(trace_request(board_, 0, 77).was_taken);
}

TEST_F(RequestTraceTest, KnowsWhenTheLastFewWereTakenUp) {
  const std::uint64_t before = now_us();
  for (std::uint64_t id = 100; id < 100 + kTakenUp; ++id) first_.begin(id, "GET", "/a");
  EXPECT_EQ(taken_up_at(board_, 1, 77), std::nullopt) << "too long ago";
  EXPECT_EQ(taken_up_at(board_, 1, 78), std::nullopt);
  EXPECT_EQ(taken_up_at(board_, 0, 100), std::nullopt);
  ASSERT_TRUE(taken_up_at(board_, 1, 100));
  EXPECT_GE(*taken_up_at(board_, 1, 100), before);
  EXPECT_LE(*taken_up_at(board_, 1, 103), now_us());
}

TEST_F(RequestTraceTest, KnowsWhetherTheApplicationWasCalled) {
  second_.begin(78, "GET", "/b");
  EXPECT_TRUE(trace(78).was_taken);
  EXPECT_FALSE(trace(78).was_called);
  EXPECT_EQ(trace(78).stage, Stage::kTaken);
}

TEST_F(RequestTraceTest, KnowsItStillWhenTheNextWorkerStarts) {
  second_.begin(78, "GET", "/b");
  clear_activity(board_, 1);
  EXPECT_TRUE(trace(77).was_called);
  EXPECT_TRUE(trace(78).was_taken);
  EXPECT_FALSE(trace(78).was_called);
}

TEST_F(RequestTraceTest, BelievesTheCallWhateverAnOlderRecordSays) {
  Recorder third(board_, 1, 2);
  third.begin(77, "GET", "/a");
  third.end();
  EXPECT_TRUE(trace(77).was_called);
  EXPECT_EQ(trace(77).stage, Stage::kApplication);
}

TEST_F(RequestTraceTest, RemembersOneThatHasEnded) {
  first_.end();
  EXPECT_TRUE(trace(77).was_called);
  EXPECT_EQ(trace(77).stage, Stage::kIdle);
}

TEST_F(RequestTraceTest, BlamesTheOnlyRequestForADeath) {
  EXPECT_TRUE(is_cause_of_death(trace(77)));
  EXPECT_FALSE(is_cause_of_death(trace(78)));
}

TEST_F(RequestTraceTest, BlamesNoneThatWaitsForTheInterpreter) {
  second_.begin(78, "GET", "/b");
  EXPECT_TRUE(is_cause_of_death(trace(77)));
  EXPECT_FALSE(is_cause_of_death(trace(78)));
}

TEST_F(RequestTraceTest, BlamesNoneOfSeveralRequests) {
  call(second_, 78);
  EXPECT_FALSE(is_cause_of_death(trace(77)));
  EXPECT_FALSE(is_cause_of_death(trace(78)));
}

TEST_F(RequestTraceTest, BlamesTheOneThatIsMarked) {
  call(second_, 78);
  board_.thread(1, 1).stage = Stage::kCrashed;
  EXPECT_FALSE(is_cause_of_death(trace(77)));
  EXPECT_TRUE(is_cause_of_death(trace(78)));
}

TEST_F(RequestTraceTest, BlamesNoneOfSeveralThreadsOnceTheyHaveBeenCleared) {
  clear_activity(board_, 1);
  EXPECT_FALSE(is_cause_of_death(trace(77)));
}

TEST(RequestTrace, BlamesTheRequestOfTheOnlyThread) {
  const Scoreboard board =
      Scoreboard::map(create_segment({.slots = 1, .threads = 1})->get()).value();
  Recorder recorder(board, 0, 0);
  recorder.begin(77, "GET", "/a");
  recorder.application_called();
  clear_activity(board, 0);
  EXPECT_TRUE(is_cause_of_death(trace_request(board, 0, 77)));
  EXPECT_FALSE(is_cause_of_death(trace_request(board, 0, 78)));
}

TEST_F(RequestTraceTest, BlamesNoneThatHadBegunToAnswer) {
  first_.response_started();
  EXPECT_FALSE(is_cause_of_death(trace(77)));
}

}  // namespace
}  // namespace warp::scoreboard
