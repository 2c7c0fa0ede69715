// Networks of internet addresses, for telling proxies that are trusted from all other peers.
#pragma once

#include <optional>
#include <string_view>

#include "base/internet_address.hpp"
#include "base/result.hpp"

namespace warp::core {

struct Network {
  InternetAddress base;
  unsigned prefix_bits = 128;  // of the 128

  [[nodiscard]] bool contains(const InternetAddress& address) const;
};

// "10.0.0.0/8", "fd00::/8", or one address.
[[nodiscard]] Result<Network> parse_network(std::string_view text);

// How proxies write who has asked them.
struct Node {
  InternetAddress address;
  std::string_view port;  // empty: not told
};

// "1.2.3.4", "1.2.3.4:80", "::1", "[::1]", "[::1]:80"; nullopt for names, "unknown" and the hidden
// identifiers ("_abc") of RFC 7239. A hidden port is no port.
[[nodiscard]] std::optional<Node> parse_node(std::string_view text);

// Digits of a number from 1 to 65535.
[[nodiscard]] bool is_port(std::string_view text);

}  // namespace warp::core
