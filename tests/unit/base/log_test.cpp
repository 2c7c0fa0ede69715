#include "base/log.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace warp {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::MatchesRegex;

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

// What reaches descriptor 2 by each write, as a pipe that keeps packets apart sees it.
std::vector<std::string> packets_of(const std::function<void()>& speak) {
  int pipe[2];
  EXPECT_EQ(::pipe2(pipe, O_DIRECT | O_NONBLOCK), 0);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(pipe[1], STDERR_FILENO);
  speak();
  ::dup2(saved, STDERR_FILENO);
  std::vector<std::string> packets;
  std::array<char, 4096> packet;
  for (ssize_t size = 0; (size = ::read(pipe[0], packet.data(), packet.size())) > 0;)
    packets.emplace_back(packet.data(), static_cast<std::size_t>(size));
  for (const int fd : {pipe[0], pipe[1], saved}) ::close(fd);
  return packets;
}

TEST(Log, LinesOfOneTextReachTheFileAtOnce) {
  start_log("warp-test", LogLevel::kInfo);
  const auto packets = packets_of(
      [] { log_lines(LogLevel::kError, "one\n\n[warp:crit]\x1b two\nthree\n", "[7] "); });
  ASSERT_EQ(packets.size(), 1U);
  EXPECT_THAT(packets[0],
              MatchesRegex("(\\[[A-Z][^]]*\\] \\[warp:error\\] \\[pid [0-9]+:tid [0-9]+\\] "
                           "warp-test: \\[7\\] (one|\\[warp:crit\\]\\\\x1b two|three)\n){3}"));
}

TEST(Log, LinesBelowTheLowestLevelAreNotWritten) {
  start_log("warp-test", LogLevel::kWarn);
  EXPECT_TRUE(packets_of([] { log_lines(LogLevel::kInfo, "one\ntwo"); }).empty());
}

TEST(Log, WordsAreHttpds) {
  EXPECT_EQ(*parse_log_level("trace5"), LogLevel::kTrace);
  EXPECT_EQ(*parse_log_level("Notice"), LogLevel::kNotice);
  EXPECT_EQ(*parse_log_level("emerg"), LogLevel::kCritical);
  EXPECT_FALSE(parse_log_level("verbose"));
}

}  // namespace
}  // namespace warp
