#include "wire/environ_key.hpp"

#include <algorithm>
#include <utility>

namespace warp::wire {
namespace {

using Entry = std::pair<std::string_view, std::uint8_t>;

// Sorted by name for a binary search: about six comparisons that mostly differ in the first bytes'
// length.
constexpr auto kSorted = [] {
  std::array<Entry, kEnvironKeys.size()> entries{};
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i] = {kEnvironKeys[i], static_cast<std::uint8_t>(i)};
  std::sort(entries.begin(), entries.end());
  return entries;
}();

}  // namespace

std::uint8_t environ_code(std::string_view name) {
  const auto* const found = std::lower_bound(
      kSorted.begin(), kSorted.end(), name,
      [](const Entry& entry, std::string_view wanted) { return entry.first < wanted; });
  return found != kSorted.end() && found->first == name ? found->second : std::uint8_t{0};
}

std::optional<std::string_view> environ_name(std::uint8_t code) {
  if (code == 0 || code >= kEnvironKeys.size()) return std::nullopt;
  return kEnvironKeys[code];
}

}  // namespace warp::wire
