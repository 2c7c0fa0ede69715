#include "worker/errands.hpp"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace warp::worker {
namespace {

using namespace std::chrono_literals;

TEST(Errands, AreRunInTheirOrder) {
  Errands errands;
  std::vector<int> run;
  errands.send([&] { run.push_back(1); });
  EXPECT_TRUE(errands.run([&] { run.push_back(2); }, Deadline::in(20s)));
  EXPECT_EQ(run, (std::vector{1, 2}));
  EXPECT_FALSE(errands.busy_since());
}

TEST(Errands, AreWaitedForNoLongerThanAllowed) {
  Errands errands;
  std::promise<void> free;
  EXPECT_FALSE(
      errands.run([future = free.get_future().share()] { future.wait(); }, Deadline::in(10ms)));
  EXPECT_TRUE(errands.busy_since());
  bool is_run = false;
  EXPECT_FALSE(errands.run([&] { is_run = true; }, Deadline::in(1ms)));
  free.set_value();
  EXPECT_TRUE(errands.run([] {}, Deadline::in(20s)));
  EXPECT_TRUE(is_run);
}

TEST(Errands, SurviveOneThatThrows) {
  Errands errands;
  EXPECT_TRUE(errands.run([] { throw std::runtime_error("no memory"); }, Deadline::in(20s)));
  EXPECT_TRUE(errands.run([] {}, Deadline::in(20s)));
}

}  // namespace
}  // namespace warp::worker
