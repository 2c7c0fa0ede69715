#include "launcher/plan/listen.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/strings.hpp"
#include "base/unique_fd.hpp"
#include "launcher/plan/port_owner.hpp"

namespace warp {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

bool means_all(const std::string& host) { return host.empty() || host == "*"; }

Result<AddressList> resolve(const std::string& host, std::uint16_t port) {
  addrinfo wish{};
  wish.ai_socktype = SOCK_STREAM;
  wish.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  std::string name = host;
  if (name.starts_with("[") && name.ends_with("]")) name = name.substr(1, name.size() - 2);
  const int error = ::getaddrinfo(means_all(host) ? nullptr : name.c_str(),
                                  std::to_string(port).c_str(), &wish, &found);
  if (error != 0)
    return fail(Errc::kInvalidSetting, "--host " + printable(host) + ": " + ::gai_strerror(error) +
                                           "; name an address of this machine, or leave --host "
                                           "out for all");
  return AddressList(found, &::freeaddrinfo);
}

std::string listen_argument(const addrinfo& address) {
  char name[NI_MAXHOST];
  char port[NI_MAXSERV];
  if (::getnameinfo(address.ai_addr, address.ai_addrlen, name, sizeof name, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return {};
  const std::string host = address.ai_family == AF_INET6 ? "[" + std::string(name) + "]" : name;
  return host + ":" + port;
}

// 0, or why the address can't be bound.
int try_bind(const addrinfo& address) {
  const UniqueFd socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return errno;
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address.ai_family == AF_INET6)
    ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  return ::bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
}

// A family that this machine does not have is no reason to stop while the other works.
bool is_absent(int error) { return error == EADDRNOTAVAIL || error == EAFNOSUPPORT; }

tl::unexpected<Error> refuse(const std::string& address, std::uint16_t port, Scheme scheme,
                             int error) {
  const std::string option = scheme == Scheme::kHttps ? "--https-port" : "--port";
  if (error == EADDRINUSE) {
    const std::string owner = port_owner(port);
    return fail(Errc::kAddressInUse, "address " + address + " is in use" +
                                         (owner.empty() ? "" : " by " + owner) +
                                         "; stop that, or choose another " + option);
  }
  if (error == EACCES)
    return fail(Errc::kNoPermission,
                "address " + address + ": ports below 1024 need root or the capability " +
                    "CAP_NET_BIND_SERVICE; choose another " + option + ", for instance " +
                    (scheme == Scheme::kHttps ? "8443" : "8000"));
  if (is_absent(error))
    return fail(Errc::kInvalidSetting,
                "--host: this machine has no address " + address + "; leave --host out for all");
  return fail_errno("bind " + address, error);
}

}  // namespace

std::string url_of(Scheme scheme, const std::string& host, std::uint16_t port) {
  const bool is_https = scheme == Scheme::kHttps;
  std::string name = means_all(host) ? "localhost" : host;
  if (name.find(':') != std::string::npos && !name.starts_with("[")) name = "[" + name + "]";
  const std::string suffix = port == (is_https ? 443 : 80) ? "" : ":" + std::to_string(port);
  return (is_https ? "https://" : "http://") + name + suffix + "/";
}

Result<ListenPlan> plan_listen(const std::string& host, std::uint16_t port, Scheme scheme) {
  WARP_TRY(const AddressList addresses, resolve(host, port));
  ListenPlan plan{.listen = {}, .url = url_of(scheme, host, port)};
  std::string last_address;
  int last_error = 0;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    std::string argument = listen_argument(*address);
    const int error = try_bind(*address);
    if (error != 0 && !is_absent(error)) return refuse(argument, port, scheme, error);
    if (error != 0) {
      last_error = error;
      last_address = std::move(argument);
    } else if (std::find(plan.listen.begin(), plan.listen.end(), argument) == plan.listen.end()) {
      plan.listen.push_back(std::move(argument));
    }
  }
  if (plan.listen.empty()) return refuse(last_address, port, scheme, last_error);
  // Without an address httpd listens on all, in both families with one socket.
  if (means_all(host)) plan.listen = {std::to_string(port)};
  return plan;
}

}  // namespace warp
