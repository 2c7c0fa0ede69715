#include "mod_warp/core/response_rules.hpp"

#include <gtest/gtest.h>

namespace warp::core {
namespace {

TEST(IsHopByHop, KnowsTheConnectionsFieldsInAnyCase) {
  EXPECT_TRUE(is_hop_by_hop("Transfer-Encoding"));
  EXPECT_TRUE(is_hop_by_hop("CONNECTION"));
  EXPECT_FALSE(is_hop_by_hop("Content-Encoding"));
}

TEST(IsEarlyHint, AdmitsLinksButNothingThatDescribesTheResponse) {
  EXPECT_TRUE(is_early_hint("Link"));
  EXPECT_TRUE(is_early_hint("content-security-policy"));
  EXPECT_FALSE(is_early_hint("Content-Length"));
  EXPECT_FALSE(is_early_hint("Set-Cookie"));
  EXPECT_FALSE(is_early_hint("Transfer-Encoding"));
}

TEST(SurvivesErrorPage, HoldsForWhatTheClientHasToAnswer) {
  EXPECT_TRUE(survives_error_page("WWW-Authenticate"));
  EXPECT_TRUE(survives_error_page("Set-Cookie"));
  EXPECT_FALSE(survives_error_page("Content-Type"));
}

TEST(IsError, HoldsFor4xxAnd5xx) {
  EXPECT_TRUE(is_error(400) && is_error(599));
  EXPECT_FALSE(is_error(399) || is_error(600));
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
