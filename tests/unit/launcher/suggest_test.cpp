#include "launcher/settings/suggest.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

TEST(Suggest, FindsTheNearestOption) {
  EXPECT_EQ(nearest_option("prot"), "port");
  EXPECT_EQ(nearest_option("thread"), "threads");
  EXPECT_EQ(nearest_option("url_alias"), "url-alias");
}

TEST(Suggest, IsSilentWhenNothingIsNear) { EXPECT_EQ(nearest_option("zzzzzzzz"), ""); }

TEST(EditDistance, CountsASwapOfNeighboursAsOne) {
  EXPECT_EQ(edit_distance("prot", "port"), 1U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

}  // namespace
}  // namespace warp
