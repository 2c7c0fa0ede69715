#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {
namespace {

// Empty elements are left out.
std::vector<std::string> list_of(std::string_view text, char separator) {
  std::vector<std::string> elements;
  for (const std::string_view element : split(text, separator))
    if (!element.empty()) elements.emplace_back(element);
  return elements;
}

}  // namespace

tl::unexpected<Error> not_an_option(std::string why) {
  return fail(Errc::kInvalidDirective, std::move(why));
}

Result<std::uint64_t> read_number(std::string_view text, std::uint64_t lowest,
                                  std::uint64_t highest) {
  const auto number = parse_unsigned(text);
  if (!number || *number < lowest || *number > highest)
    return not_an_option("is not a number from " + std::to_string(lowest) + " to " +
                         std::to_string(highest));
  return *number;
}

Result<std::int64_t> read_integer(std::string_view text, std::int64_t lowest,
                                  std::int64_t highest) {
  const auto number = parse_integer(text);
  if (!number || *number < lowest || *number > highest)
    return not_an_option("is not a number from " + std::to_string(lowest) + " to " +
                         std::to_string(highest));
  return *number;
}

Result<std::chrono::seconds> read_seconds(std::string_view text, std::uint64_t lowest) {
  const auto number = parse_unsigned(text);
  if (!number || *number < lowest || *number > kMostSeconds)
    return not_an_option("is not a number of seconds from " + std::to_string(lowest) + " to " +
                         std::to_string(kMostSeconds));
  return std::chrono::seconds(static_cast<std::int64_t>(*number));
}

Result<std::uint64_t> read_bytes(std::string_view text) {
  const auto bytes = parse_bytes(text);
  if (!bytes) return not_an_option("is not a number of bytes, or of K, M or G of them");
  return *bytes;
}

Result<bool> read_switch(std::string_view text) {
  const bool is_on = equals_ignoring_case(text, "on");
  if (!is_on && !equals_ignoring_case(text, "off")) return not_an_option("is neither on nor off");
  return is_on;
}

Result<std::string> read_text(std::string_view text) {
  if (text.empty()) return not_an_option("has no value");
  return std::string(text);
}

Result<> set_error_page(GroupOptions& options, std::string_view text) {
  const bool explains = equals_ignoring_case(text, "development");
  if (!explains && !equals_ignoring_case(text, "production"))
    return not_an_option("is neither production nor development");
  options.config.explains_errors = explains;
  return {};
}

Result<> set_python_path(GroupOptions& options, std::string_view text) {
  std::vector<std::string> directories = list_of(text, ':');
  if (directories.empty()) return not_an_option("names no directory");
  options.config.python_path = std::move(directories);
  return {};
}

Result<> set_sendfile_path(GroupOptions& options, std::string_view text) {
  std::vector<std::string> roots;
  for (const std::string_view root : split(text, ':')) {
    if (!root.starts_with('/')) return not_an_option("is not a list of absolute paths");
    roots.emplace_back(root);
  }
  options.config.sendfile_paths = std::move(roots);
  return {};
}

Result<> set_supplementary_groups(GroupOptions& options, std::string_view text) {
  std::vector<std::string> groups = list_of(text, ',');
  if (groups.empty()) return not_an_option("names no group");
  options.supplementary_groups = std::move(groups);
  return {};
}

Result<> set_slow_request(GroupOptions& options, std::string_view text) {
  const auto time = parse_seconds(text);
  constexpr std::chrono::microseconds kShortest = std::chrono::milliseconds(1);
  constexpr std::chrono::microseconds kLongest = std::chrono::seconds(kMostSeconds);
  const bool is_off = time && time->count() == 0;
  if (!is_off && (!time || *time < kShortest || *time > kLongest))
    return not_an_option("is neither 0 nor a number of seconds from 0.001 to " +
                         std::to_string(kMostSeconds));
  options.config.slow_request = std::chrono::duration_cast<std::chrono::milliseconds>(*time);
  return {};
}

Result<> set_switch_interval(GroupOptions& options, std::string_view text) {
  const auto interval = parse_seconds(text);
  constexpr std::chrono::microseconds kShortest{1};
  constexpr std::chrono::microseconds kLongest = std::chrono::seconds(10);
  if (!interval || *interval < kShortest || *interval > kLongest)
    return not_an_option("is not a number of seconds from 0.000001 to 10");
  options.config.switch_interval = *interval;
  return {};
}

Result<> set_umask(GroupOptions& options, std::string_view text) {
  constexpr auto kWrong = "is not an octal number from 0 to 0777";
  std::uint32_t mask = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '7' || mask > 0777) return not_an_option(kWrong);
    mask = mask * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  if (text.empty() || mask > 0777) return not_an_option(kWrong);
  options.config.umask = mask;
  return {};
}

}  // namespace warp::core
