#include "launcher/run/look_up.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <limits>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/strings.hpp"

namespace warp {
namespace {

struct HostAndPort {
  std::string host{};
  std::string port{};
};

struct Found {
  AddressList list{};
  int error = 0;
};

std::optional<HostAndPort> read_host_and_port(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  HostAndPort named{address.substr(0, colon), address.substr(colon + 1)};
  if (named.host.starts_with("[") && named.host.ends_with("]"))
    named.host = named.host.substr(1, named.host.size() - 2);
  const auto port = parse_unsigned(named.port);
  if (named.host.empty() || !port || *port > std::numeric_limits<std::uint16_t>::max())
    return std::nullopt;
  return named;
}

Found ask_resolver(const HostAndPort& named, int flags) {
  addrinfo wish{};
  wish.ai_socktype = SOCK_STREAM;
  wish.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* list = nullptr;
  const int error = ::getaddrinfo(named.host.c_str(), named.port.c_str(), &wish, &list);
  return {AddressList(error == 0 ? list : nullptr), error};
}

// The resolver knows no deadline and can't be stopped, so a thread of its own is left to it, which
// owns all that it uses.
Result<Found> ask_in_time(const HostAndPort& named, Deadline deadline) {
  std::packaged_task<Found()> task([named] { return ask_resolver(named, 0); });
  std::future<Found> answer = task.get_future();
  try {
    std::thread(std::move(task)).detach();
  } catch (const std::system_error& error) {
    return fail_errno("start a thread that looks up " + printable(named.host),
                      error.code().value());
  }
  const auto longest =
      std::min(deadline.remaining(), std::chrono::nanoseconds(std::chrono::hours(24)));
  if (answer.wait_for(longest) == std::future_status::ready) return answer.get();
  return fail(Errc::kTimeout, "the name servers have not said in time which address " +
                                  printable(named.host) +
                                  " has; name an address with --management-host, --time-limit "
                                  "waits longer");
}

}  // namespace

Result<AddressList> look_up(const std::string& address, Deadline deadline) {
  const auto named = read_host_and_port(address);
  if (!named)
    return fail(Errc::kInvalidSetting,
                "'" + printable(address) +
                    "' is not a host and a port; name one with --management-host and "
                    "--management-port, or leave both out for the running server's");
  Found found = ask_resolver(*named, AI_NUMERICHOST);
  if (found.error == 0) return std::move(found.list);
  WARP_TRY(found, ask_in_time(*named, deadline));
  if (found.error == 0) return std::move(found.list);
  return fail(Errc::kInvalidSetting, "look up " + printable(named->host) + ": " +
                                         ::gai_strerror(found.error) +
                                         "; name another host with --management-host");
}

}  // namespace warp
