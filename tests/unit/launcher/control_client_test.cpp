#include "launcher/run/control_client.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

#include "base/unique_fd.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

// Listens as a supervisor would.
UniqueFd listen_at(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(socket.get(), 4), 0);
  return socket;
}

// Reads a line from the next client, sends the answer, closes.
void answer_once(const UniqueFd& listener, const std::string& answer, std::string& request) {
  const UniqueFd client(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  char byte = 0;
  while (::read(client.get(), &byte, 1) == 1 && byte != '\n') request += byte;
  EXPECT_EQ(::send(client.get(), answer.data(), answer.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(answer.size()));
}

TEST(ControlClient, FindsTheGroupsOfAFolder) {
  const TemporaryDirectory folder;
  for (const char* const name :
       {"warp-b.sock", "warp-a.sock", "warp-.sock", "other.sock", "warp-c"})
    folder.write(name);
  EXPECT_THAT(groups_in(folder.path()), ElementsAre("a", "b"));
  EXPECT_THAT(groups_in(folder / "missing"), ElementsAre());
}

TEST(ControlClient, SendsALineAndReadsToTheEnd) {
  const TemporaryDirectory folder;
  const UniqueFd listener = listen_at(folder / "warp-site.sock");
  const std::string sent(200'000, 'x');
  std::string request;
  std::jthread server([&] { answer_once(listener, sent, request); });
  EXPECT_EQ(ask_group(folder.path(), "site", "status", Deadline::in(10s)).value(), sent);
  server.join();
  EXPECT_EQ(request, "status");
}

TEST(ControlClient, ReachesASocketWhosePathIsLong) {
  const TemporaryDirectory folder;
  const std::string deep = folder.make_folder(std::string(90, 'a') + "/" + std::string(90, 'b'));
  const UniqueFd listener = listen_at(folder / "warp-site.sock");
  std::filesystem::rename(folder / "warp-site.sock", deep + "/warp-site.sock");
  std::string request;
  const std::jthread server([&] { answer_once(listener, "{}", request); });
  EXPECT_EQ(ask_group(deep, "site", "status", Deadline::in(10s)).value(), "{}");
}

TEST(ControlClient, SaysThatNobodyListens) {
  const TemporaryDirectory folder;
  EXPECT_EQ(ask_group(folder.path(), "site", "status", Deadline::in(1s)).error().code,
            Errc::kNotFound);
  { const UniqueFd stale = listen_at(folder / "warp-site.sock"); }
  const auto answer = ask_group(folder.path(), "site", "status", Deadline::in(1s));
  EXPECT_EQ(answer.error().code, Errc::kNotFound);
  EXPECT_THAT(answer.error().detail, HasSubstr("no server listens on " + folder.path()));
}

TEST(ControlClient, DoesNotWaitForEver) {
  const TemporaryDirectory folder;
  const UniqueFd listener = listen_at(folder / "warp-site.sock");
  EXPECT_EQ(ask_group(folder.path(), "site", "status", Deadline::in(20ms)).error().code,
            Errc::kTimeout);
}

}  // namespace
}  // namespace warp
