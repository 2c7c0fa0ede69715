// What proxies before httpd say about the client, and how much of it is believed.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mod_warp/core/network.hpp"

namespace warp::core {

// What a header field can be about.
enum class Claim : std::uint8_t { kClient, kHost, kServer, kPort, kScheme, kScriptName };
inline constexpr std::size_t kClaims = 6;

// How its value is to be read.
enum class ClaimForm : std::uint8_t {
  kHops,       // addresses of all hops, each written by the next one
  kForwarded,  // RFC 7239: hops, with host and scheme
  kAddress,
  kHost,  // may have a port
  kServerName,
  kPort,
  kScheme,  // http or https
  kSwitch,  // whether it was https
  kPath,    // in place of SCRIPT_NAME
  kPrefix,  // in front of SCRIPT_NAME
};

struct ProxyHeader {
  std::string_view name;
  ClaimForm form{};
};

inline constexpr std::array kProxyHeaders = {
    ProxyHeader{"X-Forwarded-For", ClaimForm::kHops},
    ProxyHeader{"Forwarded", ClaimForm::kForwarded},
    ProxyHeader{"X-Client-IP", ClaimForm::kAddress},
    ProxyHeader{"X-Real-IP", ClaimForm::kAddress},
    ProxyHeader{"X-Forwarded-Host", ClaimForm::kHost},
    ProxyHeader{"X-Host", ClaimForm::kHost},
    ProxyHeader{"X-Forwarded-Server", ClaimForm::kServerName},
    ProxyHeader{"X-Forwarded-Port", ClaimForm::kPort},
    ProxyHeader{"X-Forwarded-Proto", ClaimForm::kScheme},
    ProxyHeader{"X-Forwarded-Scheme", ClaimForm::kScheme},
    ProxyHeader{"X-Scheme", ClaimForm::kScheme},
    ProxyHeader{"X-Forwarded-HTTPS", ClaimForm::kSwitch},
    ProxyHeader{"X-Forwarded-SSL", ClaimForm::kSwitch},
    ProxyHeader{"X-HTTPS", ClaimForm::kSwitch},
    ProxyHeader{"X-Script-Name", ClaimForm::kPath},
    ProxyHeader{"X-Forwarded-Script-Name", ClaimForm::kPath},
    ProxyHeader{"X-Forwarded-Prefix", ClaimForm::kPrefix},
};
inline constexpr std::size_t kProxyHeaderCount = kProxyHeaders.size();

[[nodiscard]] bool is_about(const ProxyHeader& header, Claim claim);
// In kProxyHeaders; nullopt for every other header.
[[nodiscard]] std::optional<std::size_t> proxy_header_index(std::string_view name);

[[nodiscard]] std::string names_of_proxy_headers();

using TrustedHeaders = std::vector<std::size_t>;  // indices into kProxyHeaders

// WarpTrustedProxyHeaders and WarpTrustedProxies.
struct ProxyTrust {
  const TrustedHeaders& headers;        // as written: the first wins
  const std::vector<Network>& proxies;  // empty: the peer is believed, whoever it is
};

// The values of a request's header fields, by index into kProxyHeaders; empty: absent.
using ProxyClaims = std::array<std::string_view, kProxyHeaderCount>;

// The path that the application has for the client, without a slash at its end.
struct MountClaim {
  std::string_view path;
  bool is_prefix = false;  // in front of SCRIPT_NAME, else in its place
};

// What a request looks like from before the proxies. Empty: as httpd sees it. Views into the
// claims.
struct Forwarding {
  std::string remote_address;
  std::string_view remote_port;  // empty with a remote address: nobody knows
  std::string_view host;
  std::string_view server_name;
  std::string_view server_port;
  std::string_view scheme;
  std::optional<MountClaim> mount;

  // What the application sees of the fields.
  std::bitset<kProxyHeaderCount> is_hidden;
  ProxyClaims shown;  // in place of the field's own value: what was believed of it
};

// `peer`: who has opened the connection. When it is no trusted proxy, or nobody can tell (nullopt),
// all the fields are hidden.
[[nodiscard]] Forwarding resolve_forwarding(const ProxyTrust& trust,
                                            const std::optional<InternetAddress>& peer,
                                            const ProxyClaims& claims);

}  // namespace warp::core
