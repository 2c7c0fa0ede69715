#include "launcher/plan/virtual_hosts.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;

TEST(VirtualHosts, AreNoneForOnePortAndEveryName) {
  EXPECT_TRUE(plan_virtual_hosts({.port = 8000}).empty());
}

TEST(VirtualHosts, AreOneForEachPort) {
  const auto hosts = plan_virtual_hosts({.port = 8000, .https_port = 8443});
  ASSERT_EQ(hosts.size(), 2U);
  EXPECT_EQ(hosts[0].port, 8000);
  EXPECT_FALSE(hosts[0].is_https);
  EXPECT_EQ(hosts[1].port, 8443);
  EXPECT_TRUE(hosts[1].is_https);
  EXPECT_EQ(hosts[1].name, "localhost");
}

TEST(VirtualHosts, RedirectOnlyFromHttp) {
  const auto hosts = plan_virtual_hosts({.port = 8000, .https_port = 8443, .https_only = true});
  EXPECT_TRUE(hosts.at(0).redirects_to_https);
  EXPECT_FALSE(hosts.at(1).redirects_to_https);
}

TEST(VirtualHosts, HaveAliasesWithoutBrackets) {
  const auto hosts = plan_virtual_hosts({.port = 8000,
                                         .server_name = "a.example",
                                         .server_aliases = {"*.example", "[fd00::1]"},
                                         .allow_localhost = true});
  EXPECT_THAT(hosts.at(0).aliases,
              ElementsAre("*.example", "fd00::1", "localhost", "127.0.0.1", "::1"));
}

TEST(VirtualHosts, PutThoseOfProxiesBehindOurs) {
  const auto hosts =
      plan_virtual_hosts({.port = 8000, .proxy_virtual_hosts = {{"b.example", "http://[::1]:9/"}}});
  ASSERT_EQ(hosts.size(), 2U);
  EXPECT_EQ(hosts[0].proxied_to, "");
  EXPECT_EQ(hosts[1].name, "b.example");
  EXPECT_EQ(hosts[1].proxied_to, "http://[::1]:9/");
}

}  // namespace
}  // namespace warp
