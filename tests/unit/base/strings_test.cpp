#include "base/strings.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;

TEST(Strings, SplitKeepsEmptyFields) {
  EXPECT_THAT(split("a::b", ':'), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("", ':'), ElementsAre(""));
}

TEST(Strings, TrimTakesWhiteSpaceFromBothEnds) {
  EXPECT_EQ(trim(" \ta b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
}

TEST(Strings, ParseUnsignedWantsDigitsOnly) {
  EXPECT_EQ(parse_unsigned("42"), 42U);
  for (const char* bad : {"", "4x", "-1", "+1", " 1", "18446744073709551616"})
    EXPECT_EQ(parse_unsigned(bad), std::nullopt) << bad;
}

TEST(Strings, ParseIntegerTakesAMinusSign) {
  EXPECT_EQ(parse_integer("42"), 42);
  EXPECT_EQ(parse_integer("-20"), -20);
  EXPECT_EQ(parse_integer("-9223372036854775807"), -9223372036854775807);
  for (const char* bad : {"", "-", "--1", "+1", "- 1", "4x", "9223372036854775808"})
    EXPECT_EQ(parse_integer(bad), std::nullopt) << bad;
}

TEST(Strings, ParseSecondsTakesAFraction) {
  using std::chrono::microseconds;
  EXPECT_EQ(parse_seconds("2"), microseconds(2'000'000));
  EXPECT_EQ(parse_seconds("0.005"), microseconds(5'000));
  EXPECT_EQ(parse_seconds("1.000001"), microseconds(1'000'001));
  for (const char* bad : {"", ".", "1.", ".5", "1.x", "1.0000001", "-1", "1.-1", "1000000", "1e3"})
    EXPECT_EQ(parse_seconds(bad), std::nullopt) << bad;
}

TEST(Strings, ParseBytesTakesAUnit) {
  EXPECT_EQ(parse_bytes("0"), 0U);
  EXPECT_EQ(parse_bytes("1023"), 1023U);
  EXPECT_EQ(parse_bytes("64K"), 65'536U);
  EXPECT_EQ(parse_bytes("2G"), std::uint64_t{1} << 31U);
  EXPECT_EQ(parse_bytes("1048576G"), std::uint64_t{1} << 50U);
  for (const char* const wrong : {"", "K", "-1", "1.5G", "1GB", "1k", "1048577G"})
    EXPECT_FALSE(parse_bytes(wrong)) << wrong;
}

TEST(Strings, CaseIsComparedInAsciiOnly) {
  EXPECT_TRUE(equals_ignoring_case("Content-TYPE", "content-type"));
  EXPECT_FALSE(equals_ignoring_case("on", "off"));
  EXPECT_EQ(to_lower("ÄBC"), "Äbc");
}

TEST(Strings, PrintableEscapesWhatCouldForgeALine) {
  EXPECT_EQ(printable(std::string_view("a\nb\t\x1b[0m\0", 9)), "a\\nb\\t\\x1b[0m\\x00");
  EXPECT_EQ(printable("höher"), "höher");
}

TEST(Strings, JoinKeepsEmptyParts) { EXPECT_EQ(join({"", "a", ""}, ":"), ":a:"); }

}  // namespace
}  // namespace warp
