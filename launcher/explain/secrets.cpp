#include "launcher/explain/secrets.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::string_view kEnvironment = "setenv";
constexpr std::array<std::string_view, 8> kParts = {
    "secret", "passw", "token", "credential", "passphrase", "apikey", "database_url", "dsn"};
constexpr std::array<std::string_view, 4> kPlaces = {"file", "directory", "path", "dir"};

bool names_a_place(std::string_view name) {
  return std::any_of(kPlaces.begin(), kPlaces.end(),
                     [&](std::string_view place) { return name.ends_with(place); });
}

// "key" is a part of too many harmless words.
bool has_key(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  const auto words = split(name, '_');
  return std::find(words.begin(), words.end(), "key") != words.end();
}

}  // namespace

bool names_a_secret(std::string_view name) {
  const std::string lower = to_lower(name);
  if (names_a_place(lower)) return false;
  return has_key(lower) || std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
           return lower.find(part) != std::string::npos;
         });
}

std::string without_password(const std::string& text) {
  constexpr std::string_view kAfterScheme = "://";
  std::string shown;
  std::size_t done = 0;
  for (std::size_t scheme = 0; (scheme = text.find(kAfterScheme, done)) != std::string::npos;) {
    const std::size_t start = scheme + kAfterScheme.size();
    const std::size_t end = std::min(text.find('/', start), text.size());
    // A password may hold an @ of its own; the last one ends it.
    const std::size_t at = text.rfind('@', end);
    const std::size_t colon = text.find(':', start);
    const bool has_password = at != std::string::npos && at >= start && colon < at;
    const std::size_t kept = has_password ? colon + 1 : start;
    shown.append(text, done, kept - done);
    if (has_password) shown += kHidden;
    done = has_password ? at : start;
  }
  return shown + text.substr(done);
}

Words without_secrets(const Option& option, Words words) {
  const bool is_secret = names_a_secret(option.name);
  const bool has_pairs = option.shape == Shape::kPairs;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_name = has_pairs && i % 2 == 0;
    if (is_name) continue;
    const bool is_hidden =
        is_secret || option.name == kEnvironment || (has_pairs && names_a_secret(words[i - 1]));
    words[i] = is_hidden ? std::string(kHidden) : without_password(words[i]);
  }
  return words;
}

}  // namespace warp
