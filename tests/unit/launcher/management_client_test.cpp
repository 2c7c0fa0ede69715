#include "launcher/run/management_client.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/page_server.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(ManagementClient, AsksTheLoopbackOfAServerThatListensEverywhere) {
  EXPECT_EQ(address_for_clients("9180"), "127.0.0.1:9180");
  EXPECT_EQ(address_for_clients("[::1]:9180"), "[::1]:9180");
  EXPECT_EQ(address_for_clients("10.0.0.1:9180"), "10.0.0.1:9180");
}

TEST(ManagementClient, FindsTheAddressInTheServerRoot) {
  const TemporaryDirectory folder;
  EXPECT_EQ(management_address(folder.path()).error().code, Errc::kNotFound);
  folder.write("management", "127.0.0.1:9180\n");
  EXPECT_EQ(management_address(folder.path()).value(), "127.0.0.1:9180");
}

TEST(ManagementClient, GivesStatusAndTextOfAPage) {
  PageServer server("HTTP/1.1 503 Service Unavailable\r\nX: y\r\n\r\nfailed\n");
  const auto answer = ask_page(server.address(), "readyz", Deadline::in(10s));
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 503U);
  EXPECT_EQ(answer->text, "failed\n");
  EXPECT_THAT(server.request(), HasSubstr("GET /readyz HTTP/1.0\r\n"));
}

TEST(ManagementClient, RefusesWhatIsNoHttp) {
  PageServer server("SSH-2.0\r\n");
  EXPECT_EQ(ask_page(server.address(), "readyz", Deadline::in(10s)).error().code, Errc::kProtocol);
}

TEST(ManagementClient, DoesNotWaitBeyondItsDeadline) {
  PageServer server(std::nullopt);
  EXPECT_EQ(ask_page(server.address(), "readyz", Deadline::in(50ms)).error().code, Errc::kTimeout);
}

TEST(ManagementClient, SaysThatNobodyListens) {
  std::string address;
  { address = PageServer(std::nullopt).address(); }
  EXPECT_EQ(ask_page(address, "readyz", Deadline::in(10s)).error().code, Errc::kNotFound);
}

// The page server has no ::1, which localhost is as well.
TEST(ManagementClient, TriesEveryAddressOfAName) {
  PageServer server("HTTP/1.1 200 OK\r\n\r\nok\n");
  const std::string address = server.address();
  const auto answer =
      ask_page("localhost" + address.substr(address.rfind(':')), "readyz", Deadline::in(10s));
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 200U);
}

TEST(ManagementClient, SaysThatNobodyListensOnAnyAddressOfAName) {
  std::string address;
  { address = PageServer(std::nullopt).address(); }
  const std::string named = "localhost" + address.substr(address.rfind(':'));
  EXPECT_EQ(ask_page(named, "readyz", Deadline::in(10s)).error().code, Errc::kNotFound);
}

TEST(ManagementClient, RefusesWhatIsNoHostAndPort) {
  for (const char* const address :
       {"9180", ":9180", "127.0.0.1:http", "localhost:http", "localhost:65536", ""})
    EXPECT_THAT(ask_page(address, "readyz", Deadline::in(10s)).error().detail,
                HasSubstr("is not a host and a port"))
        << address;
}

TEST(ManagementClient, SaysThatANameIsNotKnown) {
  // A label is 63 characters at most, so that no name server is asked.
  const auto answer = ask_page(std::string(64, 'x') + ":9180", "readyz", Deadline::in(10s));
  EXPECT_EQ(answer.error().code, Errc::kInvalidSetting);
  EXPECT_THAT(answer.error().detail, HasSubstr("look up xxx"));
}

}  // namespace
}  // namespace warp
