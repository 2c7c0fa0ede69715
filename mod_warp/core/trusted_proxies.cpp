#include "mod_warp/core/trusted_proxies.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "mod_warp/core/proxy_hops.hpp"

namespace warp::core {
namespace {

// --- values ---

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_' || c == '~' || c == '%';
}

bool is_server_name(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) {
    const auto address = parse_internet_address(text.substr(1, text.size() - 2));
    return address && !address->is_ipv4();
  }
  return !text.empty() && std::all_of(text.begin(), text.end(), is_host_character);
}

bool is_host(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.ends_with(']')) return is_server_name(text);
  return is_server_name(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::string_view scheme_of(std::string_view text) {
  if (equals_ignoring_case(text, "https")) return "https";
  if (equals_ignoring_case(text, "http")) return "http";
  return {};
}

std::string_view scheme_of_switch(std::string_view text) {
  for (const std::string_view yes : {"on", "true", "1"})
    if (equals_ignoring_case(text, yes)) return "https";
  for (const std::string_view no : {"off", "false", "0"})
    if (equals_ignoring_case(text, no)) return "http";
  return {};
}

// "//host" would be an address of another server where a link is made of it.
bool is_url_path(std::string_view text) {
  return text.starts_with('/') && !text.starts_with("//") &&
         std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '\\' || c == '?' ||
                  c == '#' || c == '"' || c == '<' || c == '>';
         });
}

std::string_view without_trailing_slashes(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

class Resolver final {
 public:
  Resolver(const ProxyTrust& trust, const ProxyClaims& claims) : trust_(trust), claims_(claims) {
    if (const std::string_view hops = trusted_value(ClaimForm::kHops); !hops.empty())
      hops_ = follow(trust.proxies, hops);
    if (const std::string_view text = trusted_value(ClaimForm::kForwarded); !text.empty())
      elements_ = parse_forwarded(text, kMostHops);
    if (elements_) forwarded_ = follow(trust.proxies, *elements_);
  }

  Forwarding run() {
    for (std::size_t claim = 0; claim < kClaims; ++claim) resolve(static_cast<Claim>(claim));
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string_view trusted_value(ClaimForm form) const {
    for (const std::size_t index : trust_.headers)
      if (kProxyHeaders[index].form == form) return claims_[index];
    return {};
  }

  // The first header written in WarpTrustedProxyHeaders that holds something usable decides; all
  // others of the kind are hidden.
  void resolve(Claim claim) {
    const auto is_of_kind = [&](std::size_t index) {
      return is_about(kProxyHeaders[index], claim);
    };
    if (std::none_of(trust_.headers.begin(), trust_.headers.end(), is_of_kind)) return;
    for (std::size_t index = 0; index < kProxyHeaderCount; ++index)
      if (is_of_kind(index) && result_.shown[index].empty()) result_.is_hidden.set(index);
    for (const std::size_t index : trust_.headers)
      if (is_of_kind(index) && !claims_[index].empty() && accept(claim, index)) return;
  }

  bool accept(Claim claim, std::size_t index) {
    const std::string_view shown = shown_if_usable(claim, index);
    if (shown.empty()) return false;
    result_.is_hidden.reset(index);
    result_.shown[index] = shown;
    return true;
  }

  // What is shown of the field when its value was taken; empty: nothing usable.
  std::string_view shown_if_usable(Claim claim, std::size_t index) {
    const ClaimForm form = kProxyHeaders[index].form;
    if (form == ClaimForm::kForwarded) return use_forwarded(claim);
    if (form == ClaimForm::kHops) return use_client(hops_.client) ? hops_.from_client : "";
    const std::string_view text = element_at(claims_[index], hops_.depth);
    if (form == ClaimForm::kAddress) return use_client(parse_node(text)) ? text : "";
    return use_text(form, text) ? text : "";
  }

  std::string_view use_forwarded(Claim claim) {
    if (forwarded_.teller == nullptr) return {};
    const ForwardedElement& told = *forwarded_.teller;
    const bool is_used = claim == Claim::kClient ? use_client(forwarded_.client)
                         : claim == Claim::kHost ? use_text(ClaimForm::kHost, told.host)
                                                 : use_text(ClaimForm::kScheme, told.scheme);
    return is_used ? told.from_here : std::string_view();
  }

  bool use_client(const std::optional<Node>& client) {
    if (!client) return false;
    result_.remote_address = to_string(client->address);
    result_.remote_port = client->port;
    return true;
  }

  bool use_text(ClaimForm form, std::string_view text) {
    switch (form) {
      case ClaimForm::kHost:
        return use(is_host(text), text, result_.host);
      case ClaimForm::kServerName:
        return use(is_server_name(text), text, result_.server_name);
      case ClaimForm::kPort:
        return use(is_port(text), text, result_.server_port);
      case ClaimForm::kScheme:
        return use(!scheme_of(text).empty(), scheme_of(text), result_.scheme);
      case ClaimForm::kSwitch:
        return use(!scheme_of_switch(text).empty(), scheme_of_switch(text), result_.scheme);
      case ClaimForm::kPath:
      case ClaimForm::kPrefix:
        if (!is_url_path(text)) return false;
        result_.mount = MountClaim{.path = without_trailing_slashes(text),
                                   .is_prefix = form == ClaimForm::kPrefix};
        return true;
      default:
        return false;
    }
  }

  static bool use(bool is_usable, std::string_view value, std::string_view& field) {
    if (is_usable) field = value;
    return is_usable;
  }

  const ProxyTrust& trust_;
  const ProxyClaims& claims_;
  Trail hops_;
  std::optional<std::vector<ForwardedElement>> elements_;
  Trail forwarded_;  // views into the elements
  Forwarding result_;
};

}  // namespace

bool is_about(const ProxyHeader& header, Claim claim) {
  switch (header.form) {
    case ClaimForm::kHops:
    case ClaimForm::kAddress:
      return claim == Claim::kClient;
    case ClaimForm::kForwarded:
      return claim == Claim::kClient || claim == Claim::kHost || claim == Claim::kScheme;
    case ClaimForm::kHost:
      return claim == Claim::kHost;
    case ClaimForm::kServerName:
      return claim == Claim::kServer;
    case ClaimForm::kPort:
      return claim == Claim::kPort;
    case ClaimForm::kScheme:
    case ClaimForm::kSwitch:
      return claim == Claim::kScheme;
    case ClaimForm::kPath:
    case ClaimForm::kPrefix:
      break;
  }
  return claim == Claim::kScriptName;
}

std::optional<std::size_t> proxy_header_index(std::string_view name) {
  // Nearly all fields of a request end here.
  if (name.empty() || (name[0] != 'X' && name[0] != 'x' && name[0] != 'F' && name[0] != 'f'))
    return std::nullopt;
  for (std::size_t index = 0; index < kProxyHeaderCount; ++index)
    if (equals_ignoring_case(kProxyHeaders[index].name, name)) return index;
  return std::nullopt;
}

std::string names_of_proxy_headers() {
  std::vector<std::string> names;
  for (const ProxyHeader& header : kProxyHeaders) names.emplace_back(header.name);
  return join(names, " ");
}

Forwarding resolve_forwarding(const ProxyTrust& trust, const std::optional<InternetAddress>& peer,
                              const ProxyClaims& claims) {
  if (trust.proxies.empty() || (peer && is_in(trust.proxies, *peer)))
    return Resolver(trust, claims).run();
  Forwarding nothing_believed;
  nothing_believed.is_hidden.set();
  return nothing_believed;
}

}  // namespace warp::core
