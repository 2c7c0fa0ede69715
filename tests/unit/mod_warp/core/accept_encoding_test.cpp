#include "mod_warp/core/accept_encoding.hpp"

#include <gtest/gtest.h>

namespace warp::core {
namespace {

TEST(AcceptEncoding, WantsWhatItNames) {
  EXPECT_EQ(wanted("gzip, deflate, br", "br"), 1000U);
  EXPECT_EQ(wanted("GZIP", "gzip"), 1000U);
  EXPECT_EQ(wanted("gzip", "br"), 0U);
  EXPECT_EQ(wanted("", "br"), 0U);
}

TEST(AcceptEncoding, ReadsWeights) {
  EXPECT_EQ(wanted("br;q=0.25, gzip ; Q=0.5", "br"), 250U);
  EXPECT_EQ(wanted("br;q=0.25, gzip ; Q=0.5", "gzip"), 500U);
  EXPECT_EQ(wanted("br;q=0", "br"), 0U);
}

TEST(AcceptEncoding, TakesTheStarForTheOthers) {
  EXPECT_EQ(wanted("*;q=0.3, gzip", "br"), 300U);
  EXPECT_EQ(wanted("*, br;q=0", "br"), 0U);
}

TEST(AcceptEncoding, WantsNothingThatItCantRead) {
  for (const char* const field : {"br;q=2", "br;q=", "br;q=much", "brotli", ";;,,", "br;q=-1"})
    EXPECT_EQ(wanted(field, "gzip"), 0U) << field;
  EXPECT_EQ(wanted("br;q=2", "br"), 0U);
  EXPECT_EQ(wanted("br;q=much", "br"), 0U);
}

}  // namespace
}  // namespace warp::core
