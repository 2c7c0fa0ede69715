#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Response, OneItemGoesWithLengthAndEndInOneFrame) {
  const Received reply = get("/hello");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.reason, "OK");
  EXPECT_EQ(reply.field("Content-Length"), "5");
  EXPECT_EQ(reply.field("X-Reply"), "d\xe9j\xe0");
  EXPECT_THAT(reply.pieces, ElementsAre("hello"));
  EXPECT_TRUE(reply.is_ended);
}

TEST(Response, EmptyListHasLengthZero) {
  const Received reply = get("/nothing");
  EXPECT_EQ(reply.field("Content-Length"), "0");
  EXPECT_TRUE(reply.is_ended);
}

TEST(Response, ListOfSmallPiecesIsJoined) {
  const Received reply = get("/pieces");
  EXPECT_EQ(reply.field("Content-Length"), "13");
  EXPECT_THAT(reply.pieces, ElementsAre("one,two,three"));
}

TEST(Response, LargeListArrivesWholeWithLength) {
  const Received reply = get("/large");
  EXPECT_EQ(reply.field("Content-Length"), "300000");
  EXPECT_EQ(reply.body, std::string(100'000, 'a') + std::string(200'000, 'b'));
  EXPECT_TRUE(reply.is_ended);
}

TEST(Response, GeneratorSendsEachItemAtOnceWithoutLength) {
  const Received reply = get("/generator");
  EXPECT_EQ(reply.field("Content-Length"), "");
  EXPECT_THAT(reply.pieces, ElementsAre("one", "two"));
  EXPECT_TRUE(reply.is_ended);
}

TEST(Response, StartResponseMayComeWithTheFirstItem) {
  const Received reply = get("/late_start");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "late");
}

TEST(Response, ReachingTheDeclaredLengthIsTheEnd) {
  const Received reply = get("/closing");
  EXPECT_THAT(reply.pieces, ElementsAre("abc", "def"));
  EXPECT_TRUE(reply.is_ended);
  EXPECT_EQ(get("/closed_count").body, "1");
}

TEST(Response, ErrorInCloseIsLoggedAndTheResponseStays) {
  const CapturedLog log;
  const Received reply = get("/closing_fails");
  EXPECT_EQ(reply.body, "fine");
  EXPECT_TRUE(reply.is_ended);
  EXPECT_THAT(log.text(), HasSubstr("from close"));
}

TEST(Response, WriteSendsAtOnce) {
  const Received reply = get("/writes");
  EXPECT_THAT(reply.pieces, ElementsAre("first", "second", "write() takes bytes, not str", "last"));
  EXPECT_TRUE(reply.is_ended);
}

TEST(Response, WriteFromManyThreadsKeepsFramesWhole) {
  const Received reply = get("/many_threads_write");
  EXPECT_EQ(reply.pieces.size(), 400U);
  EXPECT_THAT(reply.pieces, ::testing::Each("0123456789"));
  EXPECT_TRUE(reply.is_ended);
}

TEST(Response, ExcInfoReplacesAnUnsentHead) {
  const Received reply = get("/exc_info_before");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.reason, "Oh");
  EXPECT_EQ(reply.body, "replaced");
}

TEST(Response, ExcInfoAfterOutputRaisesTheOriginal) {
  const Received reply = get("/exc_info_after");
  EXPECT_EQ(reply.body, "out");
  EXPECT_TRUE(reply.is_broken);
  EXPECT_THAT(reply.log(), HasSubstr("KeyError: 'original'"));
}

TEST(Response, ExcInfoIsRaisedWithItsTraceback) {
  EXPECT_EQ(get("/raise_with_trace").body, "out same");
}

TEST(Response, ManyPiecesOfALargeListAreJoined) {
  const Received reply = get("/many_pieces");
  EXPECT_EQ(reply.body.size(), 200'000U + 3 * 30'000U);
  EXPECT_EQ(reply.field("Content-Length"), "290000");
  EXPECT_LT(reply.pieces.size(), 30U);
  EXPECT_TRUE(reply.is_ended);
  EXPECT_EQ(reply.body.substr(99'990, 20), std::string(10, 'p') + std::string(10, 'L'));
}

TEST(Response, ShorterThanDeclaredIsNotASuccess) {
  const Received list = get("/short");
  EXPECT_EQ(list.status, 500);
  EXPECT_THAT(list.log(), HasSubstr("declared=10 given=5"));
  const Received stream = get("/short_stream");
  EXPECT_EQ(stream.body, "short");
  EXPECT_TRUE(stream.is_broken);
  EXPECT_THAT(stream.log(), HasSubstr("declared=10 given=5"));
}

TEST(Response, LongerThanDeclaredIsCutWithAWarning) {
  const CapturedLog log;
  EXPECT_EQ(get("/long").body, "four");
  EXPECT_THAT(log.text(), HasSubstr("longer than its Content-Length of 4"));
  const Received stream = get("/long_stream");
  EXPECT_EQ(stream.body, "four");
  EXPECT_TRUE(stream.is_ended);
}

TEST(Response, HeadGetsTheFieldsOfGetWithoutBody) {
  const Received list = serve({.path = "/hello", .method = "HEAD"});
  EXPECT_EQ(list.field("Content-Length"), "5");
  EXPECT_THAT(list.body, IsEmpty());
  EXPECT_TRUE(list.is_ended);
  const Received generator = serve({.path = "/generator", .method = "HEAD"});
  EXPECT_EQ(generator.field("Content-Length"), "");
  EXPECT_THAT(generator.body, IsEmpty());
  EXPECT_TRUE(generator.is_ended);
  const Received empty = serve({.path = "/nothing", .method = "HEAD"});
  EXPECT_EQ(empty.field("Content-Length"), "");
}

TEST(Response, HeadOfAnEndlessBodyEnds) {
  EXPECT_TRUE(serve({.path = "/endless", .method = "HEAD"}).is_ended);
  EXPECT_EQ(get("/was_ended").body, "['ended']");
}

TEST(Response, NoContentAndNotModifiedHaveNoBody) {
  const Received no_content = get("/no_content");
  EXPECT_EQ(no_content.status, 204);
  EXPECT_EQ(no_content.field("Content-Length"), "");
  EXPECT_THAT(no_content.body, IsEmpty());
  EXPECT_TRUE(no_content.is_ended);
  const Received not_modified = get("/not_modified");
  EXPECT_EQ(not_modified.status, 304);
  EXPECT_EQ(not_modified.field("ETag"), "\"x\"");
  EXPECT_EQ(not_modified.field("Content-Length"), "");
  EXPECT_THAT(not_modified.body, IsEmpty());
}

TEST(Response, ClientThatLeavesEndsTheIterationQuietly) {
  const CapturedLog log;
  const Received reply = serve({.path = "/endless", .leaves_after = 100'000});
  EXPECT_FALSE(reply.is_ended);
  EXPECT_EQ(get("/was_ended").body, "['ended']");
  EXPECT_THAT(log.text(), IsEmpty());
}

TEST(Response, ValidatorHasNothingToSay) {
  const CapturedLog log;
  EXPECT_EQ(get("/valid/hello").body, "hello");
  EXPECT_EQ(get("/valid/generator").body, "onetwo");
  EXPECT_EQ(get("/valid/no_content").status, 204);
  EXPECT_EQ(serve({.path = "/valid/hello", .method = "HEAD"}).status, 200);
  EXPECT_EQ(serve({.path = "/valid/echo",
                   .method = "POST",
                   .body = std::string(20'000, 'v'),
                   .body_kind = wire::BodyKind::kUnsized})
                .body,
            std::string(20'000, 'v'));
  EXPECT_THAT(log.text(), Not(HasSubstr("AssertionError")));
}

}  // namespace
}  // namespace warp::python::testing
