#include "launcher/deploy/reachable.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

const Deadline kSoon = Deadline::in(std::chrono::seconds(5));

// A socket that listens on a free port of one loopback address.
class Listener final {
 public:
  explicit Listener(int family) : socket_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_addr = in6addr_loopback;
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    void* const address = family == AF_INET6 ? static_cast<void*>(&six) : &four;
    socklen_t size = family == AF_INET6 ? sizeof six : sizeof four;
    auto* const generic = static_cast<sockaddr*>(address);
    is_listening_ = ::bind(socket_.get(), generic, size) == 0 && ::listen(socket_.get(), 5) == 0 &&
                    ::getsockname(socket_.get(), generic, &size) == 0;
    port_ = ntohs(family == AF_INET6 ? six.sin6_port : four.sin_port);
  }

  [[nodiscard]] bool is_listening() const { return is_listening_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  UniqueFd socket_;
  bool is_listening_ = false;
  std::uint16_t port_ = 0;
};

TEST(AcceptsConnections, OnTheAddressThatIsNamed) {
  const Listener server(AF_INET);
  ASSERT_TRUE(server.is_listening());
  for (const char* const host : {"", "*", "127.0.0.1", "0.0.0.0", "localhost"})
    EXPECT_TRUE(accepts_connections(host, server.port(), kSoon)) << host;
  EXPECT_FALSE(accepts_connections("127.0.0.2", server.port(), kSoon));
}

TEST(AcceptsConnections, OnAnAddressOfIpv6) {
  const Listener server(AF_INET6);
  if (!server.is_listening()) GTEST_SKIP() << "this machine has no IPv6";
  for (const char* const host : {"", "*", "::1", "[::1]", "::"})
    EXPECT_TRUE(accepts_connections(host, server.port(), kSoon)) << host;
  EXPECT_FALSE(accepts_connections("127.0.0.1", server.port(), kSoon));
}

TEST(AcceptsConnections, NowhereWhenNothingListens) {
  std::uint16_t port = 0;
  {
    const Listener server(AF_INET);
    port = server.port();
  }
  EXPECT_FALSE(accepts_connections("", port, kSoon));
  EXPECT_FALSE(accepts_connections(std::string(64, 'x'), port, kSoon));  // no name is so long
}

}  // namespace
}  // namespace warp
