#include "launcher/run/control_client.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/unique_fd.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::string_view kPrefix = "warp-";
constexpr std::string_view kSuffix = ".sock";
constexpr std::size_t kLargestAnswer = std::size_t{64} << 20U;

tl::unexpected<Error> refused(const std::string& path) {
  switch (errno) {
    case ENOENT:
    case ECONNREFUSED:
      return fail(Errc::kNotFound, "no server listens on " + path);
    case EACCES:
      return fail(Errc::kNoPermission,
                  path + " belongs to another user; run this command as that user or as root");
    case EAGAIN:
      return fail(Errc::kOverloaded, "too many ask at " + path + "; try again");
    default:
      return fail_errno("connect to " + path);
  }
}

// By the folder's descriptor, since an address has room for 107 bytes only.
Result<UniqueFd> connect_to(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  const UniqueFd directory(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory) return refused(path);
  const std::string place = "/proc/self/fd/" + std::to_string(directory.get()) + "/" + name;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (place.size() >= sizeof address.sun_path)
    return fail(Errc::kNotFound, "no group has a name as long as " + name);
  std::copy(place.begin(), place.end(), address.sun_path);
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return fail_errno("make a Unix socket");
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return refused(path);
  return socket;
}

Result<std::string> read_to_end(int socket, const std::string& group, Deadline deadline) {
  std::string answer;
  std::array<char, 16384> piece{};
  while (answer.size() < kLargestAnswer) {
    pollfd wait{socket, POLLIN, 0};
    const int ready = ::poll(&wait, 1, deadline.poll_timeout());
    if (ready == 0)
      return fail(Errc::kTimeout, "the supervisor of group " + group + " did not answer in time");
    const ssize_t count = ::recv(socket, piece.data(), piece.size(), 0);
    if (count == 0) return answer;
    if (count < 0 && errno != EAGAIN && errno != EINTR)
      return fail_errno("read the answer of group " + group);
    if (count > 0) answer.append(piece.data(), static_cast<std::size_t>(count));
  }
  return fail(Errc::kTooLarge, "the answer of group " + group + " has no end");
}

}  // namespace

std::vector<std::string> groups_in(const std::string& server_root) {
  std::vector<std::string> groups;
  for (const std::string& name : names_in_directory(server_root))
    if (name.starts_with(kPrefix) && name.ends_with(kSuffix) &&
        name.size() > kPrefix.size() + kSuffix.size())
      groups.push_back(name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size()));
  return groups;
}

Result<std::string> ask_group(const std::string& server_root, const std::string& group,
                              std::string_view request, Deadline deadline) {
  const std::string name = std::string(kPrefix) + group + std::string(kSuffix);
  WARP_TRY(const UniqueFd socket, connect_to(server_root, name));
  const std::string line = std::string(request) + "\n";
  if (::send(socket.get(), line.data(), line.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(line.size()))
    return fail_errno("ask group " + group);
  return read_to_end(socket.get(), group, deadline);
}

}  // namespace warp
