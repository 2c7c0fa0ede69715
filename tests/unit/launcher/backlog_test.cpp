#include "launcher/run/backlog.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace warp {
namespace {

class BacklogTest : public testing::Test {
 protected:
  BacklogTest() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    EXPECT_EQ(::bind(listener_.get(), generic(), size), 0);
    EXPECT_EQ(::listen(listener_.get(), 10), 0);
    EXPECT_EQ(::getsockname(listener_.get(), generic(), &size), 0);
  }
  // As mod_warp does it.
  void give_listener() {
    char byte = 0;
    iovec piece{&byte, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int fd = listener_.get();
    std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    EXPECT_EQ(::sendmsg(backlog_.httpds_end(), &message, 0), 1);
    backlog_.take_listeners();
  }
  // Within the time that a connection on this machine takes by far.
  [[nodiscard]] UniqueFd connect() {
    UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::connect(client.get(), generic(), sizeof address_) != 0 && errno != EINPROGRESS) return {};
    pollfd wait{client.get(), POLLOUT, 0};
    return ::poll(&wait, 1, 200) == 1 ? std::move(client) : UniqueFd();
  }
  UniqueFd accept() { return UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)); }
  [[nodiscard]] sockaddr* generic() { return reinterpret_cast<sockaddr*>(&address_); }

  sockaddr_in address_{};
  UniqueFd listener_;
  Backlog backlog_ = Backlog::create().value();
};

TEST_F(BacklogTest, HasTheConnectionsThatNobodyHasAccepted) {
  give_listener();
  EXPECT_TRUE(backlog_.is_empty());
  const UniqueFd client = connect();
  EXPECT_FALSE(backlog_.is_empty());
  accept();
  EXPECT_TRUE(backlog_.is_empty());
}

TEST_F(BacklogTest, LetsNoNewOnesInAndKeepsThoseThatAreThere) {
  give_listener();
  const UniqueFd waiting = connect();
  ASSERT_TRUE(waiting);
  backlog_.refuse_new();
  EXPECT_FALSE(connect());
  const UniqueFd accepted = accept();
  EXPECT_EQ(::send(waiting.get(), "x", 1, MSG_NOSIGNAL), 1);
  char byte = 0;
  EXPECT_EQ(::recv(accepted.get(), &byte, 1, 0), 1);
}

TEST_F(BacklogTest, FreesThePortWithHttpdsOwnSocket) {
  give_listener();
  backlog_.let_go();
  listener_.reset();
  const UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(::connect(client.get(), generic(), sizeof address_), -1);
  EXPECT_EQ(errno, ECONNREFUSED);
}

TEST_F(BacklogTest, IsEmptyWhenHttpdGivesNothing) {
  backlog_.close_httpds_end();
  backlog_.take_listeners();
  backlog_.refuse_new();
  EXPECT_TRUE(backlog_.is_empty());
  EXPECT_EQ(backlog_.descriptor(), -1);
}

}  // namespace
}  // namespace warp
