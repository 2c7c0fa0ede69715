#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string content() {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "0123456789";
  return text;
}

Received wrap(const std::string& kind) { return serve({.path = "/wrap_kind", .query = kind}); }

TEST(FileWrapper, IteratesInBlocksAndCloses) {
  const Received reply = get("/wrapped_file");
  EXPECT_THAT(reply.pieces, ElementsAre("01234567", "89012345", "67890123", "456789"));
  EXPECT_TRUE(reply.is_ended);
  EXPECT_EQ(get("/wrapped_file_closed").body, "True");
}

TEST(FileWrapper, ChecksItsArguments) {
  EXPECT_EQ(get("/wrapper_errors").body, "TypeError\nValueError\nTypeError\nTypeError\nTrue");
}

class RealFile : public ::testing::TestWithParam<const char*> {};

TEST_P(RealFile, CrossesAsADescriptor) {
  const Received reply = wrap(GetParam());
  EXPECT_EQ(reply.files, 1U);
  EXPECT_EQ(reply.field("Content-Length"), "100000");
  EXPECT_EQ(reply.body, content());
  EXPECT_TRUE(reply.is_ended);
}

INSTANTIATE_TEST_SUITE_P(OfEachKind, RealFile,
                         ::testing::Values("file", "raw", "both_ways", "proxy"));

class OtherFile : public ::testing::TestWithParam<const char*> {};

TEST_P(OtherFile, IsRead) {
  const Received reply = wrap(GetParam());
  EXPECT_EQ(reply.files, 0U);
  EXPECT_EQ(reply.field("Content-Length"), "");
  EXPECT_EQ(reply.body, content());
}

INSTANTIATE_TEST_SUITE_P(OfEachKind, OtherFile,
                         ::testing::Values("memory", "compressed", "no_number"));

TEST(FileWrapper, ReadsWhatOnlyReadGives) {
  const Received loud = wrap("loud");
  EXPECT_EQ(loud.files, 0U);
  EXPECT_THAT(loud.body, StartsWith("O123456789O1")) << loud.log();
  EXPECT_EQ(wrap("pipe").body, "from a pipe");
}

TEST(FileWrapper, SendsWhatWasWrittenButNotFlushed) {
  const Received reply = wrap("unwritten");
  EXPECT_EQ(reply.body, "23xy6789");
}

TEST(FileWrapper, StartsWhereTheFileStands) {
  const Received reply = wrap("tail");
  EXPECT_EQ(reply.files, 1U);
  EXPECT_EQ(reply.field("Content-Length"), "10");
  EXPECT_EQ(reply.body, "0123456789");
}

TEST(FileWrapper, SendsNothingFromThePastTheEnd) {
  const Received reply = wrap("past_the_end");
  EXPECT_EQ(reply.files, 0U);
  EXPECT_EQ(reply.field("Content-Length"), "0");
  EXPECT_TRUE(reply.is_ended);
}

TEST(FileWrapper, KeepsTheDeclaredLength) {
  const Received reply = wrap("file,7");
  EXPECT_EQ(reply.files, 1U);
  EXPECT_EQ(reply.field("Content-Length"), "7");
  EXPECT_EQ(reply.body, "0123456");
}

TEST(FileWrapper, ShorterThanDeclaredIsNotASuccess) {
  const Received reply = wrap("file,100001");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.log(), HasSubstr("declared=100001 given=100000"));
}

TEST(FileWrapper, ReadsAfterOtherOutput) {
  const Received reply = get("/wrap_after_write");
  EXPECT_EQ(reply.files, 0U);
  EXPECT_EQ(reply.body, "first 56789");
}

TEST(FileWrapper, NeedsStartResponse) { EXPECT_EQ(get("/wrap_without_start").status, 500); }

TEST(FileWrapper, OfAClosedFileIsAnError) {
  const Received reply = wrap("closed");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.log(), HasSubstr("closed file"));
}

TEST(FileWrapper, OfTextIsAnError) {
  const Received reply = wrap("text");
  EXPECT_EQ(reply.files, 0U);
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.log(), HasSubstr("must give bytes, not str"));
}

TEST(FileWrapper, ClosesWhatItHasSent) {
  EXPECT_EQ(get("/wrap_and_close").files, 1U);
  EXPECT_EQ(get("/was_ended").body, "['proxy']");
}

TEST(FileWrapper, HeadGetsTheLengthOnly) {
  const Received reply = serve({.path = "/wrap_kind", .method = "HEAD", .query = "file"});
  EXPECT_EQ(reply.field("Content-Length"), "100000");
  EXPECT_EQ(reply.files, 0U);
  EXPECT_TRUE(reply.is_ended);
}

TEST(FileWrapper, StatusWithoutABodyHasNone) {
  const Received reply = get("/wrap_no_content");
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.files, 0U);
  EXPECT_EQ(reply.field("Content-Length"), "");
  EXPECT_TRUE(reply.is_ended);
}

}  // namespace
}  // namespace warp::python::testing
