#include "launcher/manifests/object_names.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp {
namespace {

// A label of DNS has 63 characters, and controllers append some of their own.
constexpr std::size_t kLongestName = 40;
constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestHost = 253;

bool is_letter(char character) { return character >= 'a' && character <= 'z'; }
bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](char character) {
           return is_letter(character) || is_digit(character) || character == '-';
         });
}

}  // namespace

Result<std::string> object_name(std::string_view project) {
  std::string name;
  for (const char character : to_lower(project)) {
    if (is_letter(character) || is_digit(character))
      name += character;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  if (!name.empty() && is_letter(name.front()) && name.size() <= kLongestName) return name;
  return fail(Errc::kInvalidSetting,
              "'" + printable(project) +
                  "' makes no name for objects in a cluster, which begins with a letter and has at "
                  "most " +
                  std::to_string(kLongestName) +
                  " letters and digits; name it: warpdrive manifests PLATFORM NAME");
}

bool is_host_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestHost) return false;
  if (name.starts_with("*.")) name.remove_prefix(2);
  const auto labels = split(name, '.');
  return std::all_of(labels.begin(), labels.end(), is_label);
}

Result<> check_host(const std::string& origin, std::string_view name, Platform platform) {
  if (!is_host_name(name))
    return fail(Errc::kInvalidSetting, origin + ": '" + printable(name) + "' is not a host name");
  if (platform == Platform::kOpenShift && name.starts_with("*."))
    return fail(Errc::kInvalidSetting,
                origin + ": '" + printable(name) +
                    "': a Route has one host and no wildcard; name one with --host, and write a "
                    "Route for each of the others");
  return {};
}

Result<> check_source(std::string_view address) {
  const bool is_plain = std::all_of(address.begin(), address.end(), [](unsigned char character) {
    return character > 0x20 && character < 0x7f;
  });
  if (!address.empty() && address.front() != '-' && is_plain) return {};
  return fail(Errc::kInvalidSetting,
              "--source: '" + printable(address) + "' is not the address of a repository");
}

}  // namespace warp
