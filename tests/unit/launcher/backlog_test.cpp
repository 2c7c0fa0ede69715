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
#include <vector>

#include "base/shared_flag.hpp"

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
  void give_listener() { give(0, {listener_.get()}); }
  void give(char flags, const std::vector<int>& descriptors) {
    iovec piece{&flags, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size() * sizeof(int));
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
    std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size() * sizeof(int));
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

TEST_F(BacklogTest, HasHttpdEndKeptConnections) {
  const UniqueFd memory = SharedFlag::create().value();
  give(1, {memory.get(), listener_.get()});
  EXPECT_FALSE(SharedFlag::map(memory.get())->is_set());
  EXPECT_TRUE(backlog_.end_kept_connections());
  EXPECT_TRUE(SharedFlag::map(memory.get())->is_set());
  const UniqueFd client = connect();
  EXPECT_FALSE(backlog_.is_empty());
}

TEST_F(BacklogTest, EndsKeptConnectionsOfTheLastConfigurationOnly) {
  const UniqueFd first = SharedFlag::create().value();
  const UniqueFd second = SharedFlag::create().value();
  give(1, {first.get(), listener_.get()});
  give(1, {second.get(), listener_.get()});
  EXPECT_TRUE(backlog_.end_kept_connections());
  EXPECT_FALSE(SharedFlag::map(first.get())->is_set());
  EXPECT_TRUE(SharedFlag::map(second.get())->is_set());
}

TEST_F(BacklogTest, CannotEndKeptConnectionsOfAnHttpdWithoutAFlag) {
  give_listener();
  EXPECT_FALSE(backlog_.end_kept_connections());
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
