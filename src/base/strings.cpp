#include "base/strings.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace warp {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\f\v";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  out += "\\x";
  out += kHex[byte >> 4U];
  out += kHex[byte & 15U];
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (std::size_t end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator)) {
    fields.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  fields.push_back(text);
  return fields;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped_at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped_at != end) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  const auto amount = parse_unsigned(text.substr(is_negative ? 1 : 0));
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (!amount || *amount > kMost) return std::nullopt;
  const auto value = static_cast<std::int64_t>(*amount);
  return is_negative ? -value : value;
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  constexpr std::string_view kUnits = "KMG";
  constexpr std::uint64_t kMost = std::uint64_t{1} << 50U;
  const std::size_t unit = text.empty() ? std::string_view::npos : kUnits.find(text.back());
  const bool has_unit = unit != std::string_view::npos;
  const auto number = parse_unsigned(text.substr(0, text.size() - (has_unit ? 1 : 0)));
  const std::uint64_t scale = has_unit ? std::uint64_t{1} << (10 * (unit + 1)) : 1;
  if (!number || *number > kMost / scale) return std::nullopt;
  return *number * scale;
}

std::optional<std::chrono::microseconds> parse_seconds(std::string_view text) {
  constexpr std::size_t kDigits = 6;
  const std::size_t point = text.find('.');
  const auto whole = parse_unsigned(text.substr(0, point));
  if (!whole || *whole >= std::uint64_t{1'000'000}) return std::nullopt;
  const std::chrono::microseconds seconds = std::chrono::seconds(static_cast<std::int64_t>(*whole));
  if (point == std::string_view::npos) return seconds;
  std::string fraction(text.substr(point + 1));
  if (fraction.empty() || fraction.size() > kDigits) return std::nullopt;
  fraction.resize(kDigits, '0');
  const auto rest = parse_unsigned(fraction);
  if (!rest) return std::nullopt;
  return seconds + std::chrono::microseconds(static_cast<std::int64_t>(*rest));
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      append_escaped(out, c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += separator;
    out += parts[i];
  }
  return out;
}

}  // namespace warp
