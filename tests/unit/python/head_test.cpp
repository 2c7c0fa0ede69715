#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "base/strings.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(StartResponse, RefusesWhatPep3333ForbidsWhenItIsCalled) {
  const std::string body = get("/bad_start").body;
  const std::vector<std::string_view> lines = split(body, '\n');
  const std::vector<std::string_view> expected = {
      "TypeError: start_response: status must be a str, not int",
      "ValueError: start_response: status 'OK' is not three digits, a space and a reason, such as "
      "'200 OK'",
      "ValueError: start_response: status '20x OK' is not three digits, a space and a reason, such "
      "as '200 OK'",
      "ValueError: start_response: status '200OK' is not three digits, a space and a reason, such "
      "as '200 OK'",
      "ValueError: start_response: status 100 is not a final status (200 to 999)",
      "ValueError: start_response: status '200 O\\nK' has control characters",
      "ValueError: start_response: status has characters beyond Latin-1",
      "TypeError: start_response: headers must be a list, not tuple",
      "TypeError: start_response: headers[0] must be a tuple (name, value), not list",
      "TypeError: start_response: headers[0] must be a tuple (name, value), not one of 1",
      "TypeError: start_response: headers[0]'s name must be a str, not bytes",
      "ValueError: start_response: headers[0]'s name 'A b' is not a header name",
      "ValueError: start_response: headers[0]'s name '' is not a header name",
      "TypeError: start_response: the value of A must be a str, not bytes",
      "ValueError: start_response: the value of A, 'c\\r\\nX: e', has control characters",
      "ValueError: start_response: the value of A has characters beyond Latin-1",
      "ValueError: start_response: Connection is a hop-by-hop header, which the server sets",
      "ValueError: start_response: Content-Length '-1' is not a number",
      "ValueError: start_response: two Content-Lengths, 1 and 2",
      "TypeError: start_response: exc_info must be what sys.exc_info() gives",
      "TypeError: start_response takes (status, headers) or (status, headers, exc_info)",
      "TypeError: start_response takes (status, headers) or (status, headers, exc_info)",
      "AssertionError: start_response was called before, and without exc_info"};
  EXPECT_EQ(lines, expected);
}

std::vector<std::string> lines_of(const Received& reply) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(reply.body, '\n')) lines.emplace_back(line);
  return lines;
}

TEST(StartResponse, TakesItsArgumentsByName) {
  for (const char* const names : {"names", "pep"}) {
    const Received reply = serve({.path = "/start_by_name", .query = names});
    EXPECT_EQ(reply.status, 201) << names;
    EXPECT_EQ(reply.body, "named") << names;
  }
  EXPECT_THAT(
      lines_of(get("/start_by_name")),
      Each("TypeError: start_response takes (status, headers) or (status, headers, exc_info)"));
}

TEST(StartResponse, TakesNoExceptionForNone) {
  EXPECT_EQ(get("/start_with_no_exception").body,
            "AssertionError: start_response was called before, and without exc_info");
}

TEST(StartResponse, RefusedHeadReplacesTheOneBefore) {
  const Received reply = get("/start_refused_again");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.log(), HasSubstr("start_response refused the head"));
  EXPECT_EQ(get("/write_refused").body,
            "RuntimeError: write(): start_response refused the head of the response");
}

TEST(StartResponse, MessagesShowWhatWasGiven) {
  const std::vector<std::string> lines = lines_of(get("/start_with_odd_text"));
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[0],
            "ValueError: start_response: status '200 \xc3\xa9\\r' has control characters");
  EXPECT_EQ(lines[1], "ValueError: start_response: status has characters beyond Latin-1");
  EXPECT_EQ(lines[2],
            "ValueError: start_response: headers[0]'s name 'A\xe2\x82\xac' is not a header name");
  EXPECT_EQ(lines[3],
            "ValueError: start_response: the value of A, '\xc3\xa9\\x00', has control characters");
  EXPECT_EQ(lines[4], "ValueError: start_response: Content-Length '\xc2\xb2' is not a number");
  EXPECT_EQ(lines[5],
            "ValueError: start_response: Content-Length '18446744073709551616' is not a number");
  EXPECT_THAT(lines[6], StartsWith("ValueError: start_response: the value of A, 'xxx"));
  EXPECT_LT(lines[6].size(), 400U);
}

TEST(StartResponse, RunsNoCodeOfTextClasses) {
  EXPECT_THAT(lines_of(serve({.path = "/start_with_evil_text", .query = "refused"})),
              Each(StartsWith("ValueError: start_response: ")));
  const Received reply = serve({.path = "/start_with_evil_text", .query = "accepted"});
  EXPECT_EQ(reply.reason, "Fine");
  EXPECT_EQ(reply.field("X-A"), "fine");
}

TEST(StartResponse, RefusesAHeadThatTheChannelCanNotCarry) {
  EXPECT_THAT(lines_of(get("/start_too_large")),
              Each(HasSubstr("response head exceeds the channel's bound of 262144 bytes")));
  EXPECT_EQ(get("/start_just_small_enough").body, "fits");
}

TEST(StartResponse, TakesTheSameLengthTwice) {
  const Received reply = get("/same_length_twice");
  EXPECT_EQ(reply.fields.size(), 1U);
  EXPECT_EQ(reply.field("Content-Length"), "4");
}

TEST(StartResponse, DropsWhiteSpaceAroundValues) {
  EXPECT_EQ(get("/spaced_value").field("Set-Cookie"), "a=b");
}

}  // namespace
}  // namespace warp::python::testing
