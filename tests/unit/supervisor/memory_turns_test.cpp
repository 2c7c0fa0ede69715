#include <gmock/gmock.h>

#include "group_fixture.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// By the group's look at its workers, once a second.
class MemoryTurnsTest : public GroupTest {
 protected:
  void pass_seconds(int seconds) {
    for (int i = 0; i < seconds; ++i) pass(1s);
  }
};

TEST_F(MemoryTurnsTest, LooksAtOneWorkerAtATime) {
  start_ready();
  pass_seconds(1);
  EXPECT_THAT(host_.looked_at, ElementsAre(100));
  EXPECT_EQ(board_.slot(0).proportional_bytes, 4096U);
  EXPECT_EQ(board_.slot(1).proportional_bytes, 0U);
  pass_seconds(2);
  EXPECT_THAT(host_.looked_at, ElementsAre(100, 101, 102));
}

TEST_F(MemoryTurnsTest, LooksAtEachSeldom) {
  start_ready();
  pass_seconds(15);
  EXPECT_THAT(host_.looked_at, ElementsAre(100, 101, 102));
  pass_seconds(2);
  EXPECT_THAT(host_.looked_at, ElementsAre(100, 101, 102, 100, 101));
}

TEST_F(MemoryTurnsTest, RestsLongerAfterALookThatWasExpensive) {
  host_.time_of_look = 500ms;
  start_ready();
  pass_seconds(45);
  EXPECT_THAT(host_.looked_at, ElementsAre(100, 101, 102));
  pass_seconds(10);
  EXPECT_THAT(host_.looked_at, ElementsAre(100, 101, 102, 100, 101, 102));
}

TEST_F(MemoryTurnsTest, WaitsUntilAWorkerIsReady) {
  group_.start();
  pass_seconds(3);
  EXPECT_THAT(host_.looked_at, IsEmpty());
}

TEST_F(MemoryTurnsTest, BeginsAnewWithTheNextWorker) {
  start_ready();
  pass_seconds(3);
  group_.on_exit(101, SIGSEGV);
  EXPECT_EQ(board_.slot(1).proportional_bytes, 0U);
  pass_seconds(2);
  ready({1});
  pass_seconds(1);
  EXPECT_EQ(host_.looked_at.back(), 103);
  EXPECT_EQ(board_.slot(1).proportional_bytes, 4096U);
}

}  // namespace
}  // namespace warp::supervisor
