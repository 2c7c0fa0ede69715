#include "launcher/deploy/server_arguments.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

using Words = std::vector<std::string>;

const Environment& variables() {
  static const Environment environment{
      {"TWO", "two words"}, {"EVIL", "$(id) ; `id` '\" \\"}, {"EMPTY", ""}};
  return environment;
}

Words expanded(std::string_view text) {
  const auto words = expand_arguments("file", text, variables());
  EXPECT_TRUE(words) << (words ? "" : words.error().detail);
  return words.value_or(ServerArguments{}).words;
}

std::string refused(std::string_view text) {
  const auto words = expand_arguments("file", text, variables());
  EXPECT_FALSE(words);
  return words ? "" : words.error().detail;
}

TEST(ServerArguments, AreWordsOfSeveralLines) {
  EXPECT_EQ(expanded("--a 1\n# no\n'b c' \"d\"e \\\n f\\ g #h\n ''"),
            (Words{"--a", "1", "b c", "de", "f g", ""}));
}

TEST(ServerArguments, KeepAValueWithinItsWord) {
  EXPECT_EQ(expanded("x$TWO \"${TWO}\"y"), (Words{"xtwo words", "two wordsy"}));
}

TEST(ServerArguments, GiveNoMeaningToWhatAValueHolds) {
  EXPECT_EQ(expanded("$EVIL"), (Words{variables().at("EVIL")}));
}

TEST(ServerArguments, AreKeptAsTheyAreWrittenToo) {
  const auto arguments =
      expand_arguments("file", "# no\n --a  x$TWO\"${TWO}\"\t'$b c' ${NONE:-d}", variables());
  ASSERT_TRUE(arguments);
  EXPECT_EQ(arguments->words, (Words{"--a", "xtwo wordstwo words", "$b c", "d"}));
  EXPECT_EQ(arguments->written, (Words{"--a", "x$TWO\"${TWO}\"", "'$b c'", "${NONE:-d}"}));
}

TEST(ServerArguments, LeaveADollarInSingleQuotesOrBehindABackslash) {
  EXPECT_EQ(expanded(R"('$TWO' \$TWO)"), (Words{"$TWO", "$TWO"}));
}

TEST(ServerArguments, TakeWhatElseForAVariableThatIsUnsetOrEmpty) {
  EXPECT_EQ(expanded("${NONE:-5} ${EMPTY:-6} ${TWO:-7} ${EMPTY} ${NONE:-}"),
            (Words{"5", "6", "two words", "", ""}));
}

TEST(ServerArguments, NameFileLineAndVariable) {
  EXPECT_NE(refused("a\nb $NONE").find("file:2: $NONE is not set"), std::string::npos);
}

TEST(ServerArguments, RefuseWhatTheyDoNotUnderstand) {
  for (const char* const text :
       {"'a", "\"a", "a\\", "$", "$1", "${A", "${TWO:+x}", "${TWO/a/b}", "$(id)", "${}"})
    EXPECT_TRUE(refused(text).starts_with("file:1: ")) << text;
}

}  // namespace
}  // namespace warp
