// The control socket with real clients, in this process: while one waits, the loop runs.
#include "supervisor/control_server.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "fake_group.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

class ControlServerTest : public testing::Test {
 protected:
  // An abstract address that the kernel chooses: no file is left behind.
  ControlServerTest() : listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sun_family = AF_UNIX;
    EXPECT_EQ(::bind(listener_.get(), generic(), sizeof(sa_family_t)), 0);
    EXPECT_EQ(::listen(listener_.get(), 64), 0);
    EXPECT_EQ(::getsockname(listener_.get(), generic(), &size_), 0);
  }

  void serve(ControlLimits limits = {}) {
    server_.emplace(loop_, std::move(listener_), group_, limits);
  }
  [[nodiscard]] UniqueFd connect(std::string_view request = "") {
    UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    EXPECT_EQ(::connect(client.get(), generic(), size_), 0);
    send(client, request);
    return client;
  }
  static void send(const UniqueFd& client, std::string_view text) {
    EXPECT_EQ(::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  // All to the end; fails without one.
  std::string read(const UniqueFd& client) {
    std::string answer;
    std::array<char, 65536> piece{};
    for (const auto end = std::chrono::steady_clock::now() + 10s;
         std::chrono::steady_clock::now() < end;) {
      const ssize_t count = ::recv(client.get(), piece.data(), piece.size(), 0);
      if (count == 0) return answer;
      if (count > 0)
        answer.append(piece.data(), static_cast<std::size_t>(count));
      else if (errno == EAGAIN)
        loop_.run_one_for(20ms);
      else
        return answer + " and then an error";
    }
    return answer + " and no end";
  }
  // Whatever is ready is done.
  void settle() {
    while (loop_.run_one_for(20ms) > 0) continue;
  }
  [[nodiscard]] static bool has_answer(const UniqueFd& client) {
    char byte = 0;
    return ::recv(client.get(), &byte, 1, MSG_PEEK) >= 0;
  }
  [[nodiscard]] sockaddr* generic() { return reinterpret_cast<sockaddr*>(&address_); }

  sockaddr_un address_{};
  socklen_t size_ = sizeof(sockaddr_un);
  UniqueFd listener_;
  FakeGroup group_;
  asio::io_context loop_{1};
  std::optional<ControlServer> server_;
};

TEST_F(ControlServerTest, AnswersARequestAndCloses) {
  serve();
  EXPECT_THAT(read(connect("status\n")), StartsWith(R"({"group":"site")"));
  EXPECT_THAT(read(connect("reload\r\n")), HasSubstr("accepted"));
}

TEST_F(ControlServerTest, TakesARequestInPieces) {
  serve();
  const UniqueFd client = connect("sta");
  settle();
  EXPECT_FALSE(has_answer(client));
  send(client, "tus\n");
  EXPECT_THAT(read(client), StartsWith("{\"group\""));
}

TEST_F(ControlServerTest, TakesTheEndOfTheStreamForTheEndOfTheLine) {
  serve();
  const UniqueFd client = connect("status");
  ::shutdown(client.get(), SHUT_WR);
  EXPECT_THAT(read(client), StartsWith("{\"group\""));
}

TEST_F(ControlServerTest, RefusesATooLongRequest) {
  serve();
  EXPECT_EQ(read(connect(std::string(300, 'x'))),
            "{\"error\":\"a request has at most 256 bytes\"}\n");
  EXPECT_EQ(read(connect(std::string(5000, 'x') + "\n")),
            "{\"error\":\"a request has at most 256 bytes\"}\n");
  EXPECT_THAT(read(connect(std::string(256, 'x') + "\n")), HasSubstr("unknown request"));
}

TEST_F(ControlServerTest, SendsAnAnswerThatTakesMoreThanOneWrite) {
  group_.shown.workers.resize(256);
  for (WorkerView& worker : group_.shown.workers)
    worker.busy.resize(20, {.method = "GET", .path = std::string(96, 'p')});
  serve();
  const std::string answer = read(connect("status\n"));
  EXPECT_GT(answer.size(), 500'000U);
  EXPECT_EQ(answer.back(), '\n');
}

TEST_F(ControlServerTest, LetsNobodyWaitForLongerThanTheTimeLimit) {
  serve({.time = 50ms});
  EXPECT_EQ(read(connect("stat")), "");
}

TEST_F(ControlServerTest, ServesFurtherClientsWhenAPlaceIsFree) {
  serve({.connections = 2});
  UniqueFd first = connect();
  const UniqueFd second = connect();
  settle();
  const UniqueFd third = connect("status\n");
  settle();
  EXPECT_FALSE(has_answer(third));
  first.reset();
  EXPECT_THAT(read(third), StartsWith("{\"group\""));
  send(second, "status\n");
  EXPECT_THAT(read(second), StartsWith("{\"group\""));
}

TEST_F(ControlServerTest, SurvivesClientsThatLeave) {
  serve({.connections = 2});
  for (int i = 0; i < 10; ++i) {
    { const UniqueFd client = connect(i % 2 == 0 ? "status\n" : "st"); }
    settle();
  }
  EXPECT_THAT(read(connect("status\n")), StartsWith("{\"group\""));
}

TEST_F(ControlServerTest, DoesNothingWithoutASocket) {
  listener_.reset(::open("/dev/null", O_RDWR | O_CLOEXEC));
  serve();
  EXPECT_EQ(loop_.run_one_for(20ms), 0U);
}

}  // namespace
}  // namespace warp::supervisor
