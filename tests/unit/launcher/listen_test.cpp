#include "launcher/plan/listen.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Listener {
  UniqueFd socket;
  std::uint16_t port = 0;
};

Listener listen_somewhere() {
  Listener listener{UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(listener.socket.get(), generic, size), 0);
  EXPECT_EQ(::listen(listener.socket.get(), 1), 0);
  EXPECT_EQ(::getsockname(listener.socket.get(), generic, &size), 0);
  listener.port = ntohs(address.sin_port);
  return listener;
}

std::uint16_t free_port() { return listen_somewhere().port; }

TEST(Listen, GivesAddressAndUrl) {
  const std::uint16_t port = free_port();
  const auto plan = plan_listen("127.0.0.1", port);
  ASSERT_TRUE(plan) << plan.error().detail;
  const std::string address = "127.0.0.1:" + std::to_string(port);
  EXPECT_THAT(plan->listen, ElementsAre(address));
  EXPECT_EQ(plan->url, "http://" + address + "/");
}

TEST(Listen, MeansAllAddressesWithoutAHost) {
  const std::uint16_t port = free_port();
  const auto plan = plan_listen("", port);
  ASSERT_TRUE(plan) << plan.error().detail;
  EXPECT_THAT(plan->listen, ElementsAre(std::to_string(port)));
  EXPECT_EQ(plan->url, "http://localhost:" + std::to_string(port) + "/");
}

TEST(Listen, NamesWhoHasThePort) {
  const Listener taken = listen_somewhere();
  for (const char* const host : {"127.0.0.1", ""}) {
    const auto plan = plan_listen(host, taken.port);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code, Errc::kAddressInUse);
    EXPECT_THAT(plan.error().detail, HasSubstr("pid " + std::to_string(::getpid())));
  }
}

TEST(Listen, RefusesAnAddressOfAnotherMachine) {
  const auto plan = plan_listen("192.0.2.1", 8000);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, Errc::kInvalidSetting);
}

TEST(Listen, RefusesANameThatIsNone) {
  EXPECT_EQ(plan_listen("no such host", 8000).error().code, Errc::kInvalidSetting);
}

TEST(Listen, RefusesALowPortWithoutTheRight) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may take any port";
  const auto plan = plan_listen("127.0.0.1", 1);
  if (plan) GTEST_SKIP() << "this machine lets everybody take any port";
  EXPECT_EQ(plan.error().code, Errc::kNoPermission);
}

}  // namespace
}  // namespace warp
