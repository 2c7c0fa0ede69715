#include "mod_warp/child/forwarding.hpp"

#include <algorithm>

#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// A link-local address comes with its interface: "fe80::1%eth0".
std::optional<InternetAddress> peer_of(const request_rec* request) {
  const std::string_view text = text_or_empty(request->useragent_ip);
  return parse_internet_address(text.substr(0, text.find('%')));
}

// httpd has joined the fields of one name. Should a module have added another, nobody knows which
// is whose, and none is believed.
core::ProxyClaims claims_of(const request_rec* request) {
  constexpr std::string_view kDoubtful = ",";
  core::ProxyClaims claims;
  for_each_entry(request->headers_in, [&](std::string_view name, std::string_view value) {
    if (const auto index = core::proxy_header_index(name))
      claims[*index] = claims[*index].empty() ? value : kDoubtful;
  });
  return claims;
}

}  // namespace

std::optional<core::Forwarding> forwarding_of(const request_rec* request) {
  const DirectoryConfig& config = directory_config_of(request);
  if (config.trusted_headers == nullptr && config.trusted_proxies == nullptr) return std::nullopt;
  const core::TrustedHeaders no_headers;
  const std::vector<core::Network> no_proxies;
  const core::ProxyTrust trust{
      .headers = config.trusted_headers != nullptr ? *config.trusted_headers : no_headers,
      .proxies = config.trusted_proxies != nullptr ? *config.trusted_proxies : no_proxies};
  return core::resolve_forwarding(trust, peer_of(request), claims_of(request));
}

bool is_from_trusted_proxy(const request_rec* request) {
  const auto* const proxies = directory_config_of(request).trusted_proxies;
  if (proxies == nullptr) return true;
  const auto peer = peer_of(request);
  return peer && std::any_of(proxies->begin(), proxies->end(),
                             [&](const core::Network& network) { return network.contains(*peer); });
}

}  // namespace warp
