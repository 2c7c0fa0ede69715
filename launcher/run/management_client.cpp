#include "launcher/run/management_client.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <optional>

#include "base/strings.hpp"
#include "base/unique_fd.hpp"
#include "launcher/host/files.hpp"
#include "launcher/run/look_up.hpp"
#include "launcher/run/server_root.hpp"

namespace warp {
namespace {

constexpr std::size_t kLargestAnswer = std::size_t{1} << 20U;

tl::unexpected<Error> no_answer(const std::string& address) {
  return fail(Errc::kTimeout, "no answer from " + address +
                                  " in time; httpd is overloaded or stands still; see its error "
                                  "log, --time-limit waits longer");
}

Result<> wait_for(const UniqueFd& socket, short events, const std::string& address,
                  Deadline deadline) {
  pollfd wait{socket.get(), events, 0};
  int ready = -1;
  while ((ready = ::poll(&wait, 1, deadline.poll_timeout())) < 0 && errno == EINTR) continue;
  if (ready == 0) return no_answer(address);
  return ready < 0 ? fail_errno("wait for " + address) : Result<>();
}

tl::unexpected<Error> unreachable(const std::string& address, int error) {
  if (error == ECONNREFUSED)
    return fail(Errc::kNotFound, "nobody listens on " + address +
                                     "; the server has ended, is only starting, or has another "
                                     "--management-port");
  return fail_errno("connect to " + address, error);
}

Result<UniqueFd> connect_to_one(const addrinfo& where, const std::string& address,
                                Deadline deadline) {
  UniqueFd socket(::socket(where.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return fail_errno("make a socket for " + address);
  if (::connect(socket.get(), where.ai_addr, where.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return unreachable(address, errno);
  WARP_CHECK(wait_for(socket, POLLOUT, address, deadline));
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  if (error != 0) return unreachable(address, error);
  return socket;
}

// One that does not answer leaves its share of the time to the others.
Deadline share_of(Deadline deadline, std::ptrdiff_t count) {
  return count == 1 || deadline.is_never() ? deadline : Deadline::in(deadline.remaining() / count);
}

// A name may have addresses that its server does not listen on, such as localhost the ::1.
Result<UniqueFd> connect_to(const std::string& address, Deadline deadline) {
  WARP_TRY(const AddressList found, look_up(address, deadline));
  std::ptrdiff_t left = 0;
  for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) ++left;
  std::optional<Error> failure;
  for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) {
    auto socket = connect_to_one(*each, address, share_of(deadline, left--));
    if (socket) return socket;
    // That nobody listens says more than that this machine has no such network.
    if (!failure || socket.error().code == Errc::kNotFound) failure = socket.error();
  }
  return tl::unexpected(*failure);
}

Result<std::string> read_to_end(const UniqueFd& socket, const std::string& address,
                                Deadline deadline) {
  std::string answer;
  std::array<char, 16384> piece{};
  while (answer.size() < kLargestAnswer) {
    WARP_CHECK(wait_for(socket, POLLIN, address, deadline));
    // Bytes that trickle in would never let a wait end.
    if (deadline.has_passed()) return no_answer(address);
    const ssize_t count = ::recv(socket.get(), piece.data(), piece.size(), 0);
    if (count == 0) return answer;
    if (count < 0 && errno != EAGAIN && errno != EINTR)
      return fail_errno("read the answer of " + address);
    if (count > 0) answer.append(piece.data(), static_cast<std::size_t>(count));
  }
  return fail(Errc::kTooLarge, "the answer of " + address + " has no end");
}

Result<PageAnswer> parse_answer(const std::string& answer, const std::string& address) {
  constexpr std::size_t kStatusAt = 9;  // behind "HTTP/1.1 "
  const auto end_of_head = answer.find("\r\n\r\n");
  const auto status = answer.starts_with("HTTP/1.") && end_of_head != std::string::npos
                          ? parse_unsigned(std::string_view(answer).substr(kStatusAt, 3))
                          : std::nullopt;
  if (!status)
    return fail(Errc::kProtocol, "what listens on " + address +
                                     " does not speak HTTP; is it the "
                                     "server's --management-port?");
  return PageAnswer{.status = static_cast<unsigned>(*status),
                    .text = answer.substr(end_of_head + 4)};
}

}  // namespace

std::string address_for_clients(const std::string& listen) {
  return listen.find(':') == std::string::npos ? "127.0.0.1:" + listen : listen;
}

Result<std::string> management_address(const std::string& server_root) {
  const std::string path = server_root + kManagementAddress;
  const auto text = read_text(path);
  if (text) return std::string(trim(*text));
  if (is_file(path)) return tl::unexpected(text.error());
  return fail(Errc::kNotFound,
              "no server with management pages runs on the server root " + printable(server_root) +
                  "; start it with --management-port, or name the root of your server with "
                  "--server-root, or its --port");
}

Result<PageAnswer> ask_page(const std::string& address, std::string_view page, Deadline deadline) {
  WARP_TRY(const UniqueFd socket, connect_to(address, deadline));
  // Version 1.0: httpd closes when it has answered.
  const std::string request =
      "GET /" + std::string(page) + " HTTP/1.0\r\nHost: " + address + "\r\n\r\n";
  if (::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    return fail_errno("ask " + address);
  WARP_TRY(const std::string answer, read_to_end(socket, address, deadline));
  return parse_answer(answer, address);
}

}  // namespace warp
