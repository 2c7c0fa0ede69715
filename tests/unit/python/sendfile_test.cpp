#include "python/wsgi/sendfile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using wsgi::open_beneath;

const std::string kFiles = WARP_TEST_FOLDER "/files";

Received name_file(const std::string& path, const std::string& body = "list") {
  return serve({.path = "/name_file", .query = body + "," + path});
}

TEST(Sendfile, TakesTheBodysPlace) {
  for (const char* const body : {"list", "generator", "object"}) {
    const Received reply = name_file("report.txt", body);
    EXPECT_EQ(reply.status, 200) << body;
    EXPECT_EQ(reply.files, 1U) << body;
    EXPECT_EQ(reply.body, "the report\n") << body;
    EXPECT_EQ(reply.field("Content-Length"), "11") << body;
    EXPECT_EQ(reply.field("x-sendfile"), "") << body;
    EXPECT_TRUE(reply.is_ended) << body;
  }
}

TEST(Sendfile, ClosesTheBodyThatItReplaces) {
  (void)name_file("report.txt", "object");
  EXPECT_EQ(get("/was_ended").body, "['not iterated']");
}

TEST(Sendfile, DropsWhatIsWritten) { EXPECT_EQ(get("/name_file_and_write").body, "the report\n"); }

TEST(Sendfile, FollowsLinksBelowTheRoot) { EXPECT_EQ(name_file("link.txt").body, "inner\n"); }

TEST(Sendfile, RefusesWhatLiesElsewhere) {
  for (const char* const path : {"out.txt", "../apps/apps.py", "inner/../../served.hpp",
                                 "/etc/passwd", "missing", "inner", "."}) {
    const Received reply = name_file(path);
    EXPECT_EQ(reply.status, 500) << path;
    EXPECT_EQ(reply.files, 0U) << path;
    EXPECT_THAT(reply.log(), AllOf(HasSubstr("X-Sendfile: /"), HasSubstr(path),
                                   HasSubstr("(sendfile-path=" + kFiles + ")")));
  }
}

TEST(Sendfile, SendsAnEmptyFile) {
  const Received reply = name_file("empty.txt");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Content-Length"), "0");
  EXPECT_TRUE(reply.is_ended);
}

TEST(Sendfile, HeadGetsTheLengthOnly) {
  const Received reply =
      serve({.path = "/name_file", .method = "HEAD", .query = "list,report.txt"});
  EXPECT_EQ(reply.field("Content-Length"), "11");
  EXPECT_EQ(reply.files, 0U);
  EXPECT_TRUE(reply.is_ended);
}

TEST(Sendfile, EmptyFieldOrdersNothing) {
  const Received reply = get("/name_no_file");
  EXPECT_EQ(reply.body, "usual");
  EXPECT_EQ(reply.field("X-Sendfile"), "");
}

TEST(Sendfile, StatusWithoutABodyNeedsNoFile) {
  const Received reply = get("/name_file_of_nothing");
  EXPECT_EQ(reply.status, 304);
  EXPECT_TRUE(reply.is_ended);
}

std::string refusal(const std::vector<std::string>& roots, const std::string& path) {
  const auto file = open_beneath(roots, path);
  return file ? "opened" : file.error().detail;
}

TEST(OpenBeneath, MatchesRootsOnSegments) {
  EXPECT_EQ(refusal({kFiles}, kFiles + "/report.txt"), "opened");
  EXPECT_EQ(refusal({kFiles + "/"}, kFiles + "//report.txt"), "opened");
  EXPECT_EQ(refusal({"/"}, kFiles + "/report.txt"), "opened");
  EXPECT_THAT(refusal({kFiles + "/rep"}, kFiles + "/report.txt"), HasSubstr("none of the folders"));
  EXPECT_THAT(refusal({kFiles}, kFiles), HasSubstr("none of the folders"));
  EXPECT_THAT(refusal({kFiles}, "report.txt"), HasSubstr("none of the folders"));
}

TEST(OpenBeneath, LooksInEachRootThatFits) {
  EXPECT_EQ(refusal({"/elsewhere", kFiles + "/inner", kFiles}, kFiles + "/report.txt"), "opened");
  // Out of the inner folder, and still below the outer one.
  EXPECT_EQ(refusal({kFiles + "/inner", kFiles}, kFiles + "/inner/../report.txt"), "opened");
}

TEST(OpenBeneath, SaysWhy) {
  EXPECT_THAT(refusal({kFiles}, kFiles + "/out.txt"), HasSubstr("leads out of its folder"));
  EXPECT_THAT(refusal({kFiles}, kFiles + "/missing"), HasSubstr("No such file"));
  EXPECT_THAT(refusal({kFiles}, kFiles + "/inner"), HasSubstr("no regular file"));
  EXPECT_THAT(refusal({kFiles + "/gone"}, kFiles + "/gone/file"), HasSubstr("open " + kFiles));
  EXPECT_THAT(refusal({"/proc/self"}, "/proc/self/root/etc/passwd"), HasSubstr("open"));
}

TEST(OpenBeneath, DoesNotWaitForAFifo) {
  std::string folder = ::testing::TempDir() + "warp-sendfile-XXXXXX";
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const std::string fifo = folder + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_THAT(refusal({folder}, fifo), HasSubstr("no regular file"));
  ::unlink(fifo.c_str());
  ::rmdir(folder.c_str());
}

}  // namespace
}  // namespace warp::python::testing
