#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/strings.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {

void PrintTo(const Logged& record, std::ostream* out) {
  *out << record.level << " " << record.text;
}

namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr int kCritical = 2;
constexpr int kError = 3;
constexpr int kWarning = 4;
constexpr int kInfo = 6;
constexpr int kDebug = 7;

template <typename Text>
auto record(int level, Text text) {
  return AllOf(Field(&Logged::level, level), Field(&Logged::text, text));
}

TEST(ErrorLog, OfTheRequestGetsWhatTheApplicationSaysWhereverItSaysIt) {
  const CapturedLog log;
  const Received reply = get("/speak");
  EXPECT_EQ(reply.body, "spoken");
  EXPECT_THAT(
      reply.records,
      ElementsAre(record(kWarning, "from print"), record(kError, "to stderr"),
                  record(kError, "to errors"), record(kError, "two halves"),
                  record(kWarning, "from logging"),
                  record(kWarning, HasSubstr("UserWarning: from warnings\n  warnings.warn")),
                  record(kWarning, "from buffer"),
                  record(kWarning, "lone \\udc80 surrogate, \x1b[31mred\x1b[0m"),
                  record(kWarning, "tail without newline")));
  EXPECT_THAT(log.text(), IsEmpty());
}

TEST(ErrorLog, LevelsOfLoggingAreHttpds) {
  const Received reply = get("/logs_levels");
  std::vector<int> levels;
  for (const Logged& each : reply.records) levels.push_back(each.level);
  EXPECT_THAT(levels, ElementsAre(kDebug, kDebug, kInfo, kInfo, kWarning, kError, kCritical,
                                  kCritical, kError));
}

TEST(ErrorLog, TracebackOfLoggingIsOneRecord) {
  const Received reply = get("/logs_levels");
  EXPECT_THAT(reply.records.back().text,
              AllOf(StartsWith("with traceback\nTraceback (most recent call last):\n"),
                    EndsWith("\nKeyError: 'lost'")));
}

TEST(ErrorLog, OfTheServerGetsWhatAThreadOfTheApplicationSays) {
  const CapturedLog log;
  EXPECT_THAT(get("/speaks_from_a_thread").records, IsEmpty());
  EXPECT_THAT(log.text(),
              AllOf(HasSubstr("[warp:warn] [pid "), HasSubstr("warp-worker: from a thread\n")));
}

TEST(ErrorLog, OfTheServerGetsWhatIsSaidAfterTheResponseWithItsRequest) {
  const CapturedLog log;
  EXPECT_THAT(get("/speaks_in_close").records, IsEmpty());
  EXPECT_THAT(log.text(), HasSubstr("warp-worker: [7] from close\n"));
}

TEST(ErrorLog, ControlCharactersAreWrittenOutInTheServersLog) {
  const CapturedLog log;
  with_python([](Gil&) {
    PyRun_SimpleString("print('\\x1b[31mred\\x1b[0m')\nprint('one\\r\\n[two]\\n\\nthree')");
  });
  EXPECT_THAT(log.text(), AllOf(HasSubstr("warp-worker: \\x1b[31mred\\x1b[0m\n"),
                                HasSubstr("warp-worker: one\n"), HasSubstr("warp-worker: [two]\n"),
                                HasSubstr("warp-worker: three\n"), Not(HasSubstr("\n[two]"))));
}

TEST(ErrorLog, LongLineIsLoggedInPieces) {
  EXPECT_THAT(get("/long_line").records, SizeIs(3));
  const Received reply = get("/long_unfinished_line");
  EXPECT_THAT(reply.records, SizeIs(5));
  EXPECT_EQ(reply.log().size(), 150'005U);
}

TEST(ErrorLog, StreamsLookLikeTextFiles) {
  EXPECT_EQ(get("/stream_attributes").body,
            "<stdout> utf-8 False False 1\n<stderr> utf-8 False False 2\n"
            "<wsgi.errors> utf-8 False False <wsgi.errors> is no file of its own");
}

TEST(ErrorLog, WarningsFollowTheApplicationsOwnStandardError) {
  const Received reply = get("/warns_on_another_stderr");
  EXPECT_THAT(reply.body, HasSubstr("kept by the application"));
  EXPECT_THAT(reply.records, IsEmpty());
}

}  // namespace
}  // namespace warp::python::testing
