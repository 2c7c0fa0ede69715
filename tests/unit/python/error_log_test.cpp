#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/strings.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(ErrorLog, GetsWhatTheApplicationSaysWhereverItSaysIt) {
  const CapturedLog log;
  EXPECT_EQ(get("/speak").body, "spoken");
  EXPECT_THAT(
      log.text(),
      AllOf(HasSubstr("warp-worker: from print\n"), HasSubstr("to stderr\n"),
            HasSubstr("to errors\n"), HasSubstr("two halves\n"), HasSubstr("from logging\n"),
            HasSubstr("UserWarning: from warnings"), HasSubstr("from buffer\n")));
}

TEST(ErrorLog, EveryLineHasThePrefixOfTheServer) {
  const CapturedLog log;
  (void)get("/speak");
  const std::string text = log.text();
  for (const std::string_view line : split(trim(text), '\n'))
    EXPECT_THAT(
        std::string(line),
        MatchesRegex(R"(\[[A-Z].*\] \[warp:error\] \[pid [0-9]+:tid [0-9]+\] warp-worker: .+)"));
}

TEST(ErrorLog, ControlCharactersAndSurrogatesAreWrittenOut) {
  const CapturedLog log;
  (void)get("/speak");
  EXPECT_THAT(log.text(), HasSubstr("lone \\udc80 surrogate, \\x1b[31mred\\x1b[0m\n"));
}

TEST(ErrorLog, UnfinishedLineIsLoggedAtTheRequestsEnd) {
  const CapturedLog log;
  (void)get("/speak");
  EXPECT_THAT(log.text(), HasSubstr("tail without newline\n"));
}

TEST(ErrorLog, LongLineIsLoggedInPieces) {
  const CapturedLog log;
  (void)get("/long_line");
  const std::string text = log.text();
  EXPECT_EQ(split(trim(text), '\n').size(), 3U);
}

TEST(ErrorLog, StreamsLookLikeTextFiles) {
  EXPECT_EQ(get("/stream_attributes").body,
            "<stdout> utf-8 False False 1\n<stderr> utf-8 False False 2\n"
            "<wsgi.errors> utf-8 False False <wsgi.errors> is no file of its own");
}

}  // namespace
}  // namespace warp::python::testing
