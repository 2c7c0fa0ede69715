#include "base/internet_address.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace warp {
namespace {

constexpr std::size_t kMappedAt = 12;  // of an IPv4 address within the 16 bytes

constexpr std::array<std::uint8_t, kMappedAt> kMappedPrefix = {0, 0, 0, 0, 0,    0,
                                                               0, 0, 0, 0, 0xff, 0xff};

}  // namespace

bool InternetAddress::is_ipv4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

std::optional<InternetAddress> parse_internet_address(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size()) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  // A NUL within the text would end it early.
  if (std::find(text.begin(), text.end(), '\0') != text.end()) return std::nullopt;
  InternetAddress address;
  if (text.find(':') != std::string_view::npos) {
    if (::inet_pton(AF_INET6, terminated.data(), address.bytes.data()) != 1) return std::nullopt;
    return address;
  }
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  if (::inet_pton(AF_INET, terminated.data(), &address.bytes[kMappedAt]) != 1) return std::nullopt;
  return address;
}

std::string to_string(const InternetAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.is_ipv4())
    ::inet_ntop(AF_INET, &address.bytes[kMappedAt], text.data(), text.size());
  else
    ::inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
  return text.data();
}

}  // namespace warp
