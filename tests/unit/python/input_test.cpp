#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::HasSubstr;
using wire::BodyKind;

std::string read_parts(const std::string& calls, const std::string& body, std::size_t preload,
                       BodyKind kind) {
  return serve({.path = "/read_parts",
                .method = "POST",
                .query = calls,
                .body = body,
                .body_kind = kind,
                .preload = preload,
                .piece = 3})
      .body;
}

struct Way {
  BodyKind kind;
  std::size_t preload;
};

class InputCalls : public ::testing::TestWithParam<Way> {
 protected:
  std::string read(const std::string& calls, const std::string& body) const {
    return read_parts(calls, body, std::min(GetParam().preload, body.size()), GetParam().kind);
  }
};

TEST_P(InputCalls, ReadGivesAllOrAsManyAsAskedFor) {
  EXPECT_EQ(read("read();read()", "hello world"), "b'hello world'|b''");
  EXPECT_EQ(read("read(-1)", "hello"), "b'hello'");
  EXPECT_EQ(read("read(None)", "hello"), "b'hello'");
  EXPECT_EQ(read("read(5);read(0);read(100);read(1)", "hello world"), "b'hello'|b''|b' world'|b''");
}

TEST_P(InputCalls, LinesKeepTheirEnds) {
  EXPECT_EQ(read("readline();readline();readline();readline()", "one\n\nlast"),
            "b'one\\n'|b'\\n'|b'last'|b''");
  EXPECT_EQ(read("readline(2);readline(2);readline(-1)", "one\ntwo\n"), "b'on'|b'e\\n'|b'two\\n'");
  EXPECT_EQ(read("readline(0)", "one"), "b''");
}

TEST_P(InputCalls, ReadlinesStopsAfterTheHint) {
  EXPECT_EQ(read("readlines()", "a\nb\nc"), "[b'a\\n', b'b\\n', b'c']");
  EXPECT_EQ(read("readlines(3);readlines(0)", "a\nb\nc"), "[b'a\\n', b'b\\n']|[b'c']");
}

TEST_P(InputCalls, IterationGivesLines) {
  EXPECT_EQ(read("next();list();next()", "a\nb\nc\n"), "b'a\\n'|[b'b\\n', b'c\\n']|'stop'");
}

TEST_P(InputCalls, AnyMixGoesOn) {
  EXPECT_EQ(read("readline();read(2);next();close();read()", "line\nab rest\nend"),
            "b'line\\n'|b'ab'|b' rest\\n'|None|b'end'");
}

INSTANTIATE_TEST_SUITE_P(EveryWayOfArriving, InputCalls,
                         ::testing::Values(Way{BodyKind::kSized, 0}, Way{BodyKind::kSized, 4},
                                           Way{BodyKind::kSized, 1000}, Way{BodyKind::kUnsized, 0},
                                           Way{BodyKind::kUnsized, 4},
                                           Way{BodyKind::kUnsized, 1000}));

TEST(Input, IsEmptyWithoutABody) {
  EXPECT_EQ(read_parts("read();read(5);readline();list()", "", 0, BodyKind::kNone),
            "b''|b''|b''|[]");
}

TEST(Input, LargeBodiesArriveWhole) {
  std::string body(3'000'000, 'x');
  body.replace(0, 20, "01234567890123456789");
  for (const BodyKind kind : {BodyKind::kSized, BodyKind::kUnsized})
    EXPECT_EQ(serve({.path = "/read_all",
                     .method = "POST",
                     .body = body,
                     .body_kind = kind,
                     .preload = 1000,
                     .piece = 100'000})
                  .body,
              "3000000 01234567890123456789 ");
}

TEST(Input, UnreadBodyIsNotAskedFor) {
  const Received reply = serve({.path = "/hello",
                                .method = "POST",
                                .body = std::string(100'000, 'x'),
                                .body_kind = BodyKind::kSized});
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(reply.credits, 0U);
}

TEST(Input, BodyAndResponseFlowTogether) {
  const std::string body(50'000, 'e');
  const Received reply =
      serve({.path = "/echo", .method = "POST", .body = body, .body_kind = BodyKind::kUnsized});
  EXPECT_EQ(reply.body, body);
  EXPECT_EQ(reply.pieces.size(), 10U);
}

TEST(Input, AbortedBodyRaisesAnOsError) {
  EXPECT_EQ(serve({.path = "/read_error",
                   .method = "POST",
                   .body = "some",
                   .body_kind = BodyKind::kSized,
                   .aborts_body = true,
                   .announced = 100})
                .body,
            "warp.ClientDisconnected");
}

TEST(Input, HugeDeclaredLengthTakesNoMemoryBeforeBytesCome) {
  EXPECT_EQ(serve({.path = "/read_error",
                   .method = "POST",
                   .body = "some",
                   .body_kind = BodyKind::kSized,
                   .aborts_body = true,
                   .announced = std::uint64_t{1} << 60U})
                .body,
            "warp.ClientDisconnected");
}

TEST(Input, ObjectsThatWereKeptRefuseAfterTheRequest) {
  EXPECT_EQ(get("/keep").body, "kept");
  EXPECT_EQ(get("/use_kept").body,
            "wsgi.input: the request has ended\nwsgi.input: the request has ended\n"
            "wsgi.input: the request has ended\nwrite(): the request has ended\n"
            "start_response: the request has ended");
  EXPECT_EQ(get("/hello").body, "hello");
}

TEST(Input, CanBeReadByAnotherThread) {
  EXPECT_EQ(serve({.path = "/read_in_thread",
                   .method = "POST",
                   .body = std::string(5'000, 't'),
                   .body_kind = BodyKind::kSized})
                .body,
            std::string(5'000, 't'));
}

TEST(Input, EndOfTheResponseEndsAnotherThreadsRead) {
  const Received reply = serve({.path = "/read_after_end",
                                .method = "POST",
                                .body = "never sent",
                                .body_kind = BodyKind::kSized,
                                .feeds_after = 1'000'000});
  EXPECT_EQ(reply.body, "done");
  EXPECT_TRUE(reply.is_ended);
  EXPECT_EQ(get("/hello").body, "hello");
}

TEST(Input, ReadOfAnotherThreadKeepsNoneFromAnswering) {
  const std::string begin = "answer before the body, ";
  const Received reply = serve({.path = "/write_while_reading",
                                .method = "POST",
                                .body = "the body",
                                .body_kind = BodyKind::kUnsized,
                                .feeds_after = begin.size()});
  EXPECT_EQ(reply.body, begin + "the body");
  EXPECT_TRUE(reply.is_ended);
}

TEST(Input, BadArgumentsAreTypeErrors) {
  for (const char* const call : {"read('x')", "readline(1, 2)"}) {
    const Received reply = serve({.path = "/read_parts", .query = call});
    EXPECT_EQ(reply.status, 500);
    EXPECT_THAT(reply.log(), HasSubstr("TypeError"));
  }
}

}  // namespace
}  // namespace warp::python::testing
