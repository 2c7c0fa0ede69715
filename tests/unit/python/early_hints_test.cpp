#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::ElementsAre;

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;

TEST(EarlyHints, GoBeforeTheResponse) {
  const Received reply = get("/hints");
  EXPECT_THAT(reply.hints,
              ElementsAre(ElementsAre(Pair("Link", "</style.css>; rel=preload; as=style"),
                                      Pair("Link", "</script.js>; rel=preload")),
                          ElementsAre(Pair("X-Second", "2"))));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.field("Link"), "");
  EXPECT_EQ(reply.body, "hinted");
}

TEST(EarlyHints, AreDroppedForClientsOfHttp10) {
  for (const char* const protocol : {"HTTP/1.0", "HTTP/0.9"}) {
    const Received reply = serve({.path = "/hints", .environ = {{"SERVER_PROTOCOL", protocol}}});
    EXPECT_THAT(reply.hints, IsEmpty()) << protocol;
    EXPECT_EQ(reply.body, "hinted");
  }
  EXPECT_EQ(serve({.path = "/hints", .environ = {{"SERVER_PROTOCOL", "HTTP/2.0"}}}).hints.size(),
            2U);
}

TEST(EarlyHints, AreDroppedAfterTheHead) {
  const Received reply = get("/hints_late");
  EXPECT_THAT(reply.hints, IsEmpty());
  EXPECT_EQ(reply.body, "begun accepted");
}

TEST(EarlyHints, AreDroppedPastTheirNumber) {
  const Received reply = get("/hints_without_number");
  EXPECT_EQ(reply.hints.size(), 16U);
  EXPECT_EQ(reply.body, "accepted");
}

TEST(EarlyHints, HaveTheRulesOfHeaders) {
  EXPECT_THAT(
      get("/hints_refused").body,
      StartsWith(
          "TypeError: early_hints: headers must be a list, not NoneType\n"
          "TypeError: Responder.early_hints() takes exactly one argument (0 given)\n"
          "ValueError: early_hints: headers[0]'s name 'A B' is not a header name\n"
          "ValueError: early_hints: Connection is a hop-by-hop header, which the server sets\n"
          "accepted\n"
          "ValueError: early_hints: response head exceeds"));
}

TEST(EarlyHints, EndWithTheRequest) {
  EXPECT_EQ(get("/hints_kept").body, "kept");
  EXPECT_EQ(get("/hints_kept").body, "RuntimeError: early_hints: the request has ended");
  EXPECT_EQ(get("/hints").hints.size(), 2U);
}

}  // namespace
}  // namespace warp::python::testing
