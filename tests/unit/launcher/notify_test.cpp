#include "launcher/run/notify.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::StartsWith;

// A service manager that listens. A name with @ is one of the abstract name space.
class Manager final {
 public:
  explicit Manager(const std::string& name)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.front() == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), length), 0);
  }

  std::string heard() const {
    std::array<char, 256> text{};
    const ssize_t size = ::recv(socket_.get(), text.data(), text.size(), 0);
    return size < 0 ? "" : std::string(text.data(), static_cast<std::size_t>(size));
  }

 private:
  UniqueFd socket_;
};

TEST(Notifier, TellsEachStateAsADatagram) {
  const TemporaryDirectory folder;
  const Manager manager(folder / "notify");
  const Notifier notifier(folder / "notify");
  notifier.ready();
  EXPECT_EQ(manager.heard(), "READY=1\nSTATUS=serving");
  notifier.reloading();
  EXPECT_THAT(manager.heard(), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
  notifier.stopping();
  EXPECT_EQ(manager.heard(), "STOPPING=1\nSTATUS=stopping");
}

TEST(Notifier, FindsASocketOfTheAbstractNameSpace) {
  const std::string name = "@warp-test-" + std::to_string(::getpid());
  const Manager manager(name);
  Notifier(name).ready();
  EXPECT_EQ(manager.heard(), "READY=1\nSTATUS=serving");
}

TEST(Notifier, IsQuietWhenNobodyListens) {
  Notifier("").ready();
  Notifier("/nowhere/notify").stopping();
  Notifier(std::string(200, 'x')).reloading();
}

}  // namespace
}  // namespace warp
