#include "launcher/settings/words.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;

TEST(Words, AreSeparatedByWhiteSpace) {
  EXPECT_THAT(*split_words("  a b\tc\n"), ElementsAre("a", "b", "c"));
  EXPECT_TRUE(split_words("")->empty());
}

TEST(Words, KeepSpacesInQuotes) {
  EXPECT_THAT(*split_words(R"(TEXT="two words" 'x y'z "")"),
              ElementsAre("TEXT=two words", "x yz", ""));
}

TEST(Words, TakeTheCharacterAfterABackslash) {
  EXPECT_THAT(*split_words(R"(a\ b "c\"d" 'e\f')"), ElementsAre("a b", "c\"d", "e\\f"));
}

TEST(Words, RefuseAnOpenQuote) {
  EXPECT_FALSE(split_words("a 'b"));
  EXPECT_FALSE(split_words("a \\"));
}

}  // namespace
}  // namespace warp
