#include "base/log.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

std::string logged(LogLevel lowest, LogLevel level, std::string_view event,
                   std::string_view value) {
  testing::internal::CaptureStderr();
  start_log("warp-test", lowest);
  log(level, event, {{"group", value}, {"pid", 12}});
  return testing::internal::GetCapturedStderr();
}

TEST(Log, LineLooksLikeHttpds) {
  EXPECT_THAT(
      logged(LogLevel::kInfo, LogLevel::kNotice, "daemon exited", "site"),
      ContainsRegex("^\\[[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]{2} [0-9:]{8}\\.[0-9]{6} [0-9]{4}\\] "
                    "\\[warp:notice\\] "
                    "\\[pid [0-9]+:tid [0-9]+\\] warp-test: daemon exited group=site pid=12\n$"));
}

TEST(Log, LevelsBelowTheLowestAreNotWritten) {
  EXPECT_EQ(logged(LogLevel::kWarn, LogLevel::kNotice, "x", "y"), "");
  EXPECT_NE(logged(LogLevel::kInfo, LogLevel::kInfo, "x", "y"), "");
}

TEST(Log, TextFromOutsideCannotForgeALine) {
  const std::string line =
      logged(LogLevel::kInfo, LogLevel::kError, "bad", "x\n[warp:error] forged");
  EXPECT_THAT(line, HasSubstr("x\\n[warp:error] forged"));
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST(Log, WordsAreHttpds) {
  EXPECT_EQ(*parse_log_level("trace5"), LogLevel::kTrace);
  EXPECT_EQ(*parse_log_level("Notice"), LogLevel::kNotice);
  EXPECT_EQ(*parse_log_level("emerg"), LogLevel::kCritical);
  EXPECT_FALSE(parse_log_level("verbose"));
}

}  // namespace
}  // namespace warp
