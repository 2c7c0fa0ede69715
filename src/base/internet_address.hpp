// Addresses of the internet, from text and to text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace warp {

// IPv4 and IPv6 alike: an IPv4 address is kept as IPv6 maps it (::ffff:1.2.3.4), so that both
// writings of it are equal.
struct InternetAddress {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] bool is_ipv4() const;
  bool operator==(const InternetAddress&) const = default;
};

// A plain address without port, brackets, zone or white space; nullopt for anything else.
[[nodiscard]] std::optional<InternetAddress> parse_internet_address(std::string_view text);
[[nodiscard]] std::string to_string(const InternetAddress& address);

}  // namespace warp
