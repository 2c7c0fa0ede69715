#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Failure, ExceptionIsAnsweredWithAPageThatTellsNothing) {
  const Received reply = get("/fails");
  EXPECT_EQ(reply.status, 500);
  EXPECT_TRUE(reply.is_ended);
  EXPECT_THAT(reply.body, AllOf(HasSubstr("Internal Server Error"), Not(HasSubstr("ValueError"))));
}

TEST(Failure, TracebackIsLoggedWithTheRequest) {
  const Received reply = get("/fails");
  ASSERT_EQ(reply.records.size(), 1U);
  EXPECT_THAT(reply.records[0].text,
              AllOf(StartsWith("exception in the application method=GET uri=/fails\n"
                               "Traceback (most recent call last):\n"),
                    HasSubstr("apps.py\", line "), HasSubstr("ValueError: before the head")));
}

TEST(Failure, QueryIsNotLogged) {
  const Received reply =
      serve({.path = "/fails", .query = "token=secret", .uri = "/fails?token=secret"});
  EXPECT_THAT(reply.log(), AllOf(HasSubstr("uri=/fails\n"), Not(HasSubstr("secret"))));
}

TEST(Failure, UnsentHeadIsReplacedBy500) { EXPECT_EQ(get("/fails_after_start").status, 500); }

TEST(Failure, AfterOutputTheResponseIsBrokenAndClosed) {
  const Received reply = get("/fails_late");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "sent");
  EXPECT_TRUE(reply.is_broken);
  EXPECT_EQ(get("/closed_count").body, "1");
  EXPECT_THAT(reply.log(), HasSubstr("ValueError: after output"));
}

TEST(Failure, SystemExitEndsTheRequestOnly) {
  const Received reply = get("/exits");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.log(), HasSubstr("SystemExit: 3"));
  EXPECT_EQ(get("/hello").status, 200);
}

TEST(Failure, ForgottenStartResponseIsNamed) {
  const Received reply = get("/no_start");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.log(), HasSubstr("the application has not called start_response"));
}

TEST(Failure, ResultThatIsNoIterableOfBytesIsNamed) {
  std::string log;
  for (const char* const path : {"/returns_none", "/returns_bytes", "/returns_text"}) {
    const Received reply = get(path);
    EXPECT_EQ(reply.status, 500);
    log += reply.log();
  }
  EXPECT_THAT(log,
              AllOf(HasSubstr("the application must return an iterable of bytes, not NoneType"),
                    HasSubstr("must give bytes, not int (return [body], not body itself)"),
                    HasSubstr("must give bytes, not str")));
}

TEST(Failure, BrokenUploadNeedsNoTraceback) {
  const CapturedLog log;
  const Received reply = serve({.path = "/read_error_uncaught",
                                .body = "some",
                                .body_kind = wire::BodyKind::kUnsized,
                                .aborts_body = true});
  EXPECT_NE(reply.status, 200);
  for (const Logged& record : reply.records) EXPECT_THAT(record.text, Not(HasSubstr("Traceback")));
  EXPECT_THAT(log.text(), IsEmpty());
}

}  // namespace
}  // namespace warp::python::testing
