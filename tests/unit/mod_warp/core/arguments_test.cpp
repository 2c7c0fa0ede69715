#include "mod_warp/core/arguments.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

using testing::ElementsAre;

TEST(SplitArguments, SplitsAtWhiteSpace) {
  EXPECT_THAT(*split_arguments("  a \t b=c\n"), ElementsAre("a", "b=c"));
  EXPECT_TRUE(split_arguments("   ")->empty());
}

TEST(SplitArguments, KeepsWhiteSpaceWithinQuotes) {
  EXPECT_THAT(*split_arguments(R"(home="/a b" 'c d')"), ElementsAre("home=/a b", "c d"));
}

TEST(SplitArguments, TakesQuotedQuotesAndBackslashesLiterally) {
  EXPECT_THAT(*split_arguments(R"("a\"b\\c\d" '"')"), ElementsAre(R"(a"b\c\d)", "\""));
}

TEST(SplitArguments, KeepsAnEmptyQuotedWord) {
  EXPECT_THAT(*split_arguments(R"("" a)"), ElementsAre("", "a"));
}

TEST(SplitArguments, RefusesAnOpenQuote) {
  EXPECT_EQ(split_arguments("a \"b").error().detail, "a \" is not closed");
}

TEST(SplitOption, SplitsAtTheFirstEqualsSign) {
  EXPECT_EQ(split_option("a=b=c"), std::pair(std::string_view("a"), std::string_view("b=c")));
  EXPECT_EQ(split_option("a"), std::nullopt);
}

}  // namespace
}  // namespace warp::core
