#include "launcher/operate/probe.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/page_server.hpp"

namespace warp {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using Question = OperatorCommand::Question;

std::string page_for(Question question) {
  PageServer server("HTTP/1.1 200 OK\r\n\r\nok\n");
  EXPECT_EQ(probe({.question = question}, server.address()).value(), "ok\n");
  const std::string request = server.request();
  return request.substr(0, request.find(" HTTP"));
}

TEST(Probe, AsksThePageOfItsQuestion) {
  EXPECT_EQ(page_for(Question::kLive), "GET /livez");
  EXPECT_EQ(page_for(Question::kReady), "GET /readyz");
  EXPECT_EQ(page_for(Question::kStartup), "GET /startupz");
}

TEST(Probe, SaysWhyTheServerIsNotReady) {
  PageServer server("HTTP/1.1 503 No\r\n\r\n[-] group shop: no worker\nfailed\n");
  const auto answer = probe({.question = Question::kReady}, server.address());
  EXPECT_EQ(answer.error().code, Errc::kApplication);
  EXPECT_THAT(answer.error().detail, HasSubstr("is not ready"));
  EXPECT_THAT(answer.error().detail, EndsWith("\ngroup shop: no worker"));
}

TEST(Probe, SaysThatItHasAskedSomebodyElse) {
  PageServer server("HTTP/1.1 404 Not Found\r\n\r\n");
  EXPECT_EQ(probe({}, server.address()).error().code, Errc::kProtocol);
}

TEST(Probe, FindsTheAddressInTheOptions) {
  EXPECT_EQ(named_management_address({}), "");
  EXPECT_EQ(named_management_address({.management_port = 9180}), "127.0.0.1:9180");
  EXPECT_EQ(named_management_address({.management_port = 9180, .management_host = "*"}),
            "127.0.0.1:9180");
  EXPECT_EQ(named_management_address({.management_port = 9180, .management_host = "::1"}),
            "[::1]:9180");
}

}  // namespace
}  // namespace warp
