#include "mod_warp/core/log_lines.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace warp::core {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) lines.emplace_back(take_log_line(text));
  return lines;
}

using Lines = std::vector<std::string>;

TEST(TakeLogLine, CutsAtLineEnds) {
  EXPECT_EQ(lines_of("one\ntwo"), Lines({"one", "two"}));
  EXPECT_EQ(lines_of("one\r\ntwo\r\n"), Lines({"one", "two"}));
}

TEST(TakeLogLine, DropsTheLastLineEndOnly) {
  EXPECT_EQ(lines_of("one\n"), Lines({"one"}));
  EXPECT_EQ(lines_of("\n"), Lines({""}));
  EXPECT_EQ(lines_of("one\n\ntwo\n"), Lines({"one", "", "two"}));
}

TEST(TakeLogLine, SplitsALongLineWithoutLosingAByte) {
  const std::string text(3 * kLongestLogLine + 5, 'x');
  const Lines lines = lines_of(text);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].size(), kLongestLogLine);
  EXPECT_EQ(lines[0] + lines[1] + lines[2] + lines[3], text);
}

TEST(TakeLogLine, CountsBytesAsTheyAreEscaped) {
  const std::string backslashes(kLongestLogLine, '\\');
  EXPECT_EQ(lines_of(backslashes).size(), 2U);
  const std::string control(kLongestLogLine, '\x01');
  EXPECT_EQ(lines_of(control).size(), 4U);
}

TEST(TakeLogLine, KeepsUtf8CharactersWhole) {
  std::string text = "x";
  while (text.size() < kLongestLogLine) text += "\xe2\x82\xac";
  const Lines lines = lines_of(text);
  ASSERT_EQ(lines.size(), 5U);
  for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_EQ(lines[i][0], '\xe2');
}

TEST(TakeLogLine, SplitsWhatIsNoUtf8Anywhere) {
  const std::string text(kLongestLogLine, '\x80');
  std::string joined;
  for (const std::string& line : lines_of(text)) joined += line;
  EXPECT_EQ(joined, text);
}

}  // namespace
}  // namespace warp::core
