#include "mod_warp/parent/control_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace warp {
namespace {

constexpr int kBacklog = 64;

struct Place {
  UniqueFd directory;
  std::string name;
};

Result<Place> open_place(const std::string& path) {
  const auto slash = path.rfind('/');
  std::string directory = path.substr(0, std::max<std::size_t>(slash, 1));
  UniqueFd fd(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return fail_errno("open " + directory);
  return Place{.directory = std::move(fd), .name = path.substr(slash + 1)};
}

// An address has room for 107 bytes; by the directory's descriptor any path is short.
Result<sockaddr_un> address_in(const Place& place, const std::string& name) {
  const std::string path = "/proc/self/fd/" + std::to_string(place.directory.get()) + "/" + name;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return fail(Errc::kTooLarge, "the name " + name + " is too long for a socket");
  std::copy(path.begin(), path.end(), address.sun_path);
  return address;
}

Result<UniqueFd> bind_and_listen(const sockaddr_un& address, const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return fail_errno("make a Unix socket");
  // Before bind, which makes the file with the socket's mode: nobody else gets in meanwhile.
  if (::fchmod(socket.get(), 0600) != 0) return fail_errno("chmod of the socket for " + path);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return fail_errno("bind " + path);
  if (::listen(socket.get(), kBacklog) != 0) return fail_errno("listen on " + path);
  return socket;
}

}  // namespace

Result<ControlSocket> ControlSocket::listen(const std::string& path) {
  WARP_TRY(const Place place, open_place(path));
  // Listens before it has its name, and takes the place of a stale one at once.
  const std::string fresh = place.name + ".new";
  const int directory = place.directory.get();
  ::unlinkat(directory, fresh.c_str(), 0);
  WARP_TRY(const sockaddr_un address, address_in(place, fresh));
  ControlSocket made;
  WARP_TRY(made.socket_, bind_and_listen(address, path));
  struct stat facts {};
  if (::fstatat(directory, fresh.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0 ||
      ::renameat(directory, fresh.c_str(), directory, place.name.c_str()) != 0) {
    auto failure = fail_errno("rename " + fresh + " to " + path);
    ::unlinkat(directory, fresh.c_str(), 0);
    return failure;
  }
  made.path_ = path;
  made.device_ = facts.st_dev;
  made.inode_ = facts.st_ino;
  made.maker_ = ::getpid();
  return made;
}

ControlSocket ControlSocket::none() {
  ControlSocket none;
  none.socket_.reset(::open("/dev/null", O_RDWR | O_CLOEXEC));
  return none;
}

ControlSocket::Parts ControlSocket::release() {
  const bool has_file = std::exchange(maker_, 0) != 0;
  return {.socket = std::move(socket_),
          .path = has_file ? std::move(path_) : std::string(),
          .device = device_,
          .inode = inode_};
}

ControlSocket ControlSocket::adopt(Parts parts) {
  ControlSocket adopted;
  adopted.maker_ = parts.path.empty() ? 0 : ::getpid();
  adopted.socket_ = std::move(parts.socket);
  adopted.path_ = std::move(parts.path);
  adopted.device_ = parts.device;
  adopted.inode_ = parts.inode;
  return adopted;
}

ControlSocket::ControlSocket(ControlSocket&& other) noexcept
    : path_(std::move(other.path_)),
      socket_(std::move(other.socket_)),
      device_(other.device_),
      inode_(other.inode_),
      maker_(std::exchange(other.maker_, 0)) {}

ControlSocket& ControlSocket::operator=(ControlSocket&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(socket_, other.socket_);
  std::swap(device_, other.device_);
  std::swap(inode_, other.inode_);
  std::swap(maker_, other.maker_);
  return *this;
}

ControlSocket::~ControlSocket() {
  struct stat facts {};
  if (maker_ == ::getpid() && ::lstat(path_.c_str(), &facts) == 0 && facts.st_dev == device_ &&
      facts.st_ino == inode_)
    ::unlink(path_.c_str());
}

}  // namespace warp
