#include "launcher/plan/management.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Settings settings_with(std::uint16_t port, std::string host = "127.0.0.1") {
  Settings settings;
  settings.port = 8000;
  settings.management_port = port;
  settings.management_host = std::move(host);
  return settings;
}

TEST(Management, IsOffUnlessAPortIsNamed) {
  EXPECT_THAT(*plan_management(settings_with(0)), IsEmpty());
}

TEST(Management, IsNotWhereClientsAre) {
  const auto plan = plan_management(settings_with(8000));
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().detail, HasSubstr("--management-port 8000 is --port"));
}

TEST(Management, IsNotWhereClientsAreByHttps) {
  Settings settings = settings_with(8443);
  settings.https_port = 8443;
  const auto plan = plan_management(settings);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().detail, HasSubstr("--management-port 8443 is --https-port"));
}

TEST(Management, NamesItsOwnOptionsInErrors) {
  const auto plan = plan_management(settings_with(9180, "no such host"));
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().detail, HasSubstr("--management-host no such host: "));
  EXPECT_THAT(plan.error().detail, HasSubstr("leave --management-host out"));
  EXPECT_THAT(plan.error().detail, testing::Not(HasSubstr(" --host")));
}

TEST(Management, TellsTheWaysOutOfAPortThatIsTaken) {
  const UniqueFd taken(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const there = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(taken.get(), there, size), 0);
  ASSERT_EQ(::listen(taken.get(), 1), 0);
  ASSERT_EQ(::getsockname(taken.get(), there, &size), 0);
  const auto plan = plan_management(settings_with(ntohs(address.sin_port)));
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().detail, HasSubstr("is in use"));
  EXPECT_THAT(plan.error().detail,
              HasSubstr("choose another --management-port (WARPDRIVE_MANAGEMENT_PORT), or 0"));
  EXPECT_THAT(plan.error().detail, HasSubstr("the containers of a pod share their ports"));
}

TEST(Management, HasAVirtualHostForEachAddress) {
  EXPECT_THAT(virtual_hosts_of({"127.0.0.1:9180", "[::1]:9180"}),
              ElementsAre("127.0.0.1:9180", "[::1]:9180"));
  EXPECT_THAT(virtual_hosts_of({"9180"}), ElementsAre("*:9180"));
}

}  // namespace
}  // namespace warp
