#include "launcher/plan/management.hpp"

#include <gmock/gmock.h>

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

TEST(Management, HasAVirtualHostForEachAddress) {
  EXPECT_THAT(virtual_hosts_of({"127.0.0.1:9180", "[::1]:9180"}),
              ElementsAre("127.0.0.1:9180", "[::1]:9180"));
  EXPECT_THAT(virtual_hosts_of({"9180"}), ElementsAre("*:9180"));
}

}  // namespace
}  // namespace warp
