#include <gtest/gtest.h>

#include <vector>

#include "base/strings.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

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
      "TypeError: start_response: headers[0] must be a tuple (name, value), not tuple",
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

TEST(StartResponse, DropsWhiteSpaceAroundValues) {
  EXPECT_EQ(get("/spaced_value").field("Set-Cookie"), "a=b");
}

}  // namespace
}  // namespace warp::python::testing
