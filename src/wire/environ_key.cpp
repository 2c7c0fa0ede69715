#include "wire/environ_key.hpp"

namespace warp::wire {
namespace {

// So many more than names that a name is at its place or one or two behind it.
constexpr std::size_t kPlaces = 256;
static_assert(kEnvironKeys.size() * 2 <= kPlaces);

// The parts in which names differ most.
constexpr std::size_t place_of(std::string_view name) {
  const auto at = [&](std::size_t index) {
    return static_cast<std::size_t>(static_cast<unsigned char>(name[index]));
  };
  return (name.size() + at(name.size() - 1) * 7 + at(name.size() / 2) * 23 +
          at(name.size() * 3 / 4) * 29) %
         kPlaces;
}

constexpr auto kCodes = [] {
  std::array<std::uint8_t, kPlaces> codes{};
  for (std::size_t code = 1; code < kEnvironKeys.size(); ++code) {
    std::size_t place = place_of(kEnvironKeys[code]);
    while (codes[place] != 0) place = (place + 1) % kPlaces;
    codes[place] = static_cast<std::uint8_t>(code);
  }
  return codes;
}();

}  // namespace

std::uint8_t environ_code(std::string_view name) {
  if (name.empty()) return 0;
  for (std::size_t place = place_of(name); kCodes[place] != 0; place = (place + 1) % kPlaces)
    if (kEnvironKeys[kCodes[place]] == name) return kCodes[place];
  return 0;
}

std::optional<std::string_view> environ_name(std::uint8_t code) {
  if (code == 0 || code >= kEnvironKeys.size()) return std::nullopt;
  return kEnvironKeys[code];
}

}  // namespace warp::wire
