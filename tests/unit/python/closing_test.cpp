#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Closing : public ::testing::TestWithParam<const char*> {};

TEST_P(Closing, HappensExactlyOnce) {
  (void)serve({.path = "/close_once", .query = GetParam(), .leaves_after = 50'000});
  EXPECT_EQ(get("/closed_count").body, "1");
}

TEST_P(Closing, HappensExactlyOnceForHead) {
  (void)serve({.path = "/close_once", .method = "HEAD", .query = GetParam()});
  // A generator that was not begun has nothing to end.
  EXPECT_EQ(get("/closed_count").body, "1");
}

INSTANTIATE_TEST_SUITE_P(OfEachKindOfIterable, Closing,
                         ::testing::Values("list", "tuple", "generator", "no_iterator", "raises",
                                           "exits", "interrupts", "generator_exit", "wrong",
                                           "not_started", "endless", "index", "one"));

TEST(Ending, FailureOfTheIteratorIsSeenByTheClient) {
  for (const char* const way : {"raises", "exits", "interrupts", "generator_exit"}) {
    const Received reply = serve({.path = "/close_once", .query = way});
    EXPECT_EQ(reply.body, "some") << way;
    EXPECT_TRUE(reply.is_broken) << way;
  }
}

TEST(Ending, EveryWayToEndAProgramEndsTheRequestOnly) {
  for (const char* const way :
       {"sys.exit", "KeyboardInterrupt", "GeneratorExit", "StopIteration", "BaseException"}) {
    const Received reply = serve({.path = "/end_by", .query = way});
    EXPECT_EQ(reply.status, 500) << way;
    EXPECT_THAT(reply.log(), HasSubstr("exception in the application")) << way;
  }
  EXPECT_EQ(get("/hello").status, 200);
}

TEST(Ending, ItemsByIndexAreAnIterable) {
  EXPECT_EQ(serve({.path = "/close_once", .query = "index"}).body, "by index");
}

struct Length {
  const char* kind;
  const char* length;
};

class WholeLength : public ::testing::TestWithParam<Length> {};

TEST_P(WholeLength, IsToldWhereItIsKnownBeforeTheFirstByte) {
  const Received reply = serve({.path = "/whole_length", .query = GetParam().kind});
  EXPECT_EQ(reply.field("Content-Length"), GetParam().length);
  EXPECT_TRUE(reply.is_ended);
}

INSTANTIATE_TEST_SUITE_P(OfEachKindOfBody, WholeLength,
                         ::testing::Values(Length{"tuple", "5"}, Length{"list_subclass", "5"},
                                           Length{"list_iterator", "5"},
                                           Length{"tuple_iterator", "5"}, Length{"has_len", "4"},
                                           Length{"empty_item", "0"}, Length{"two_items", ""},
                                           Length{"generator", ""}));

TEST(Ending, SingleItemGoesWithHeadAndEndInOneFrame) {
  const Received reply = serve({.path = "/whole_length", .query = "list_iterator"});
  EXPECT_THAT(reply.pieces, ElementsAre("whole"));
}

}  // namespace
}  // namespace warp::python::testing
