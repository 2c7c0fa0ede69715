#include "base/json_line.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

std::string quoted(std::string_view text) { return std::move(JsonLine().add("t", text)).take(); }

TEST(JsonLine, JoinsMembers) {
  JsonLine line;
  line.add("a", "b").add("n", -3).add_or_null("x", "").add_or_null("y", "z");
  EXPECT_EQ(std::move(line).take(), R"({"a": "b", "n": -3, "x": null, "y": "z"})");
}

TEST(JsonLine, IsEmptyWithoutMembers) { EXPECT_EQ(JsonLine().take(), "{}"); }

TEST(JsonLine, EscapesOnce) {
  EXPECT_EQ(quoted("say \"hi\" \\ /"), R"({"t": "say \"hi\" \\ /"})");
  EXPECT_EQ(quoted(std::string_view("\n\t\x1b\x7f\0", 5)),
            R"({"t": "\u000a\u0009\u001b\u007f\u0000"})");
}

TEST(JsonLine, KeepsUtf8) {
  for (const char* const text :
       {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x90\x8d", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(quoted(text), "{\"t\": \"" + std::string(text) + "\"}");
}

TEST(JsonLine, ReplacesWhatIsNoUtf8) {
  const std::string mark = "\xef\xbf\xbd";
  EXPECT_EQ(quoted("a\xe4z"), "{\"t\": \"a" + mark + "z\"}");                    // Latin-1
  EXPECT_EQ(quoted("\xc0\xaf"), "{\"t\": \"" + mark + mark + "\"}");             // overlong
  EXPECT_EQ(quoted("\xed\xa0\x80"), "{\"t\": \"" + mark + mark + mark + "\"}");  // a surrogate
  EXPECT_EQ(quoted("\xf4\x90\x80\x80"), "{\"t\": \"" + mark + mark + mark + mark + "\"}");
  EXPECT_EQ(quoted("\xe2\x82"), "{\"t\": \"" + mark + mark + "\"}");  // cut off
}

TEST(UtcTime, HasMicroseconds) {
  EXPECT_EQ(utc_time(0), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(utc_time(1'795'711'893'062'224), "2026-11-26T16:51:33.062224Z");
}

}  // namespace
}  // namespace warp
