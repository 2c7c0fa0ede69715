#include "worker/request_limit.hpp"

#include <gtest/gtest.h>

#include <set>

namespace warp::worker {
namespace {

TEST(RequestLimit, IsReachedOnce) {
  int reached = 0;
  RequestLimit limit(3, [&] { ++reached; });
  for (const int expected : {0, 0, 1, 1, 1}) {
    limit.count();
    EXPECT_EQ(reached, expected);
  }
}

TEST(RequestLimit, LiesWithinATenthAboveWhatWasAskedFor) {
  std::set<std::uint64_t> limits;
  for (int i = 0; i < 200; ++i) limits.insert(scattered(1000));
  EXPECT_GE(*limits.begin(), 1000U);
  EXPECT_LE(*limits.rbegin(), 1100U);
  EXPECT_GT(limits.size(), 10U) << "workers are to be replaced at different times";
  EXPECT_EQ(scattered(5), 5U);
}

}  // namespace
}  // namespace warp::worker
