#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Failure, ExceptionIsAnsweredWithAPageThatTellsNothing) {
  const CapturedLog log;
  const Received reply = get("/fails");
  EXPECT_EQ(reply.status, 500);
  EXPECT_TRUE(reply.is_ended);
  EXPECT_THAT(reply.body, AllOf(HasSubstr("Internal Server Error"), Not(HasSubstr("ValueError"))));
}

TEST(Failure, TracebackIsLoggedWithTheRequest) {
  const CapturedLog log;
  (void)get("/fails");
  EXPECT_THAT(log.text(),
              AllOf(HasSubstr("exception in the application method=GET uri=/fails"),
                    HasSubstr("Traceback (most recent call last):"), HasSubstr("apps.py\", line "),
                    HasSubstr("ValueError: before the head")));
}

TEST(Failure, TracebackCanNotForgeALine) {
  const CapturedLog log;
  (void)get("/fails");
  EXPECT_THAT(log.text(),
              AllOf(HasSubstr("warp-worker: [forged] line"), Not(HasSubstr("\n[forged] line"))));
}

TEST(Failure, UnsentHeadIsReplacedBy500) {
  const CapturedLog log;
  EXPECT_EQ(get("/fails_after_start").status, 500);
}

TEST(Failure, AfterOutputTheResponseIsBrokenAndClosed) {
  const CapturedLog log;
  const Received reply = get("/fails_late");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "sent");
  EXPECT_TRUE(reply.is_broken);
  EXPECT_EQ(get("/closed_count").body, "1");
  EXPECT_THAT(log.text(), HasSubstr("ValueError: after output"));
}

TEST(Failure, SystemExitEndsTheRequestOnly) {
  const CapturedLog log;
  EXPECT_EQ(get("/exits").status, 500);
  EXPECT_THAT(log.text(), HasSubstr("SystemExit: 3"));
  EXPECT_EQ(get("/hello").status, 200);
}

TEST(Failure, ForgottenStartResponseIsNamed) {
  const CapturedLog log;
  EXPECT_EQ(get("/no_start").status, 500);
  EXPECT_THAT(log.text(), HasSubstr("the application has not called start_response"));
}

TEST(Failure, ResultThatIsNoIterableOfBytesIsNamed) {
  const CapturedLog log;
  EXPECT_EQ(get("/returns_none").status, 500);
  EXPECT_EQ(get("/returns_bytes").status, 500);
  EXPECT_EQ(get("/returns_text").status, 500);
  EXPECT_THAT(log.text(),
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
  EXPECT_THAT(log.text(), IsEmpty());
}

}  // namespace
}  // namespace warp::python::testing
