#include "mod_warp/core/network.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp::core {
namespace {

constexpr unsigned kBits = 128;
constexpr unsigned kIpv4Bits = 32;

}  // namespace

bool Network::contains(const InternetAddress& address) const {
  const std::size_t whole = prefix_bits / 8;
  if (!std::equal(base.bytes.begin(), base.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin()))
    return false;
  const unsigned rest = prefix_bits % 8;
  if (rest == 0) return true;
  const unsigned difference = unsigned{base.bytes[whole]} ^ unsigned { address.bytes[whole] };
  return difference >> (8U - rest) == 0;
}

Result<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto base = parse_internet_address(text.substr(0, slash));
  if (!base)
    return fail(Errc::kInvalidDirective,
                "'" + printable(text) + "' is neither an address nor a network (10.0.0.0/8)");
  if (slash == std::string_view::npos) return Network{.base = *base};
  const bool is_short = text.find(':') == std::string_view::npos;
  const unsigned most = is_short ? kIpv4Bits : kBits;
  const auto bits = parse_unsigned(text.substr(slash + 1));
  if (!bits || *bits > most)
    return fail(Errc::kInvalidDirective, "'" + printable(text) + "': what follows the / is not a " +
                                             "number from 0 to " + std::to_string(most));
  return Network{.base = *base, .prefix_bits = kBits - most + static_cast<unsigned>(*bits)};
}

bool is_port(std::string_view text) {
  const auto number = parse_unsigned(text);
  return number && *number >= 1 && *number <= 0xffff;
}

std::optional<Node> parse_node(std::string_view text) {
  if (const auto address = parse_internet_address(text))
    return Node{.address = *address, .port = {}};
  const bool has_brackets = text.starts_with('[');
  const std::size_t end = has_brackets ? text.find(']') : text.find(':');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view name = text.substr(has_brackets ? 1 : 0, has_brackets ? end - 1 : end);
  // Brackets hold an IPv6 address, only an IPv4 address does without.
  if ((name.find(':') != std::string_view::npos) != has_brackets) return std::nullopt;
  const auto address = parse_internet_address(name);
  if (!address) return std::nullopt;
  std::string_view rest = text.substr(has_brackets ? end + 1 : end);
  if (rest.empty()) return Node{.address = *address, .port = {}};
  if (!rest.starts_with(':')) return std::nullopt;
  rest.remove_prefix(1);
  if (is_port(rest)) return Node{.address = *address, .port = rest};
  if (rest.starts_with('_')) return Node{.address = *address, .port = {}};
  return std::nullopt;
}

}  // namespace warp::core
