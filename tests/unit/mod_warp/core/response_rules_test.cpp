#include "mod_warp/core/response_rules.hpp"

#include <gtest/gtest.h>

namespace warp::core {
namespace {

TEST(IsHopByHop, KnowsTheConnectionsFieldsInAnyCase) {
  EXPECT_TRUE(is_hop_by_hop("Transfer-Encoding"));
  EXPECT_TRUE(is_hop_by_hop("CONNECTION"));
  EXPECT_FALSE(is_hop_by_hop("Content-Encoding"));
}

TEST(HasNoBody, HoldsFor204And304) {
  EXPECT_TRUE(has_no_body(204) && has_no_body(304));
  EXPECT_FALSE(has_no_body(200) || has_no_body(404));
}

TEST(BodyLength, AdmitsEverythingWithoutADeclaration) {
  BodyLength length;
  EXPECT_EQ(length.admit(1000), 1000U);
  EXPECT_FALSE(length.is_short());
}

TEST(BodyLength, CutsWhatIsTooMuch) {
  BodyLength length(5);
  EXPECT_EQ(length.admit(3), 3U);
  EXPECT_EQ(length.admit(3), 2U);
  EXPECT_EQ(length.admit(3), 0U);
}

TEST(BodyLength, IsShortUntilAllIsThere) {
  BodyLength length(2);
  EXPECT_TRUE(length.is_short());
  (void)length.admit(2);
  EXPECT_FALSE(length.is_short());
}

}  // namespace
}  // namespace warp::core
