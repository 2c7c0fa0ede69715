#include "mod_warp/management/json_text.hpp"

#include <algorithm>

namespace warp::management {
namespace {

std::string quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\')
      quoted += c;
    else
      // What is no ASCII comes byte by byte: whatever it is, the document is well-formed.
      quoted.append("\\u00") += {kDigits[byte / 16], kDigits[byte % 16]};
  }
  return quoted += '"';
}

}  // namespace

void JsonText::begin_value(std::string_view key) {
  const bool is_first = text_.empty() || text_.back() == '{' || text_.back() == '[';
  if (!is_first) text_ += ',';
  if (!key.empty()) text_.append("\"").append(key).append("\":");
}

void JsonText::begin_object(std::string_view key) {
  begin_value(key);
  text_ += '{';
}

void JsonText::begin_array(std::string_view key) {
  begin_value(key);
  text_ += '[';
}

void JsonText::text(std::string_view key, std::string_view value) {
  begin_value(key);
  text_ += quoted(value);
}

void JsonText::number(std::string_view key, std::uint64_t value) {
  constexpr std::uint64_t kMost = (std::uint64_t{1} << 53U) - 1;
  begin_value(key);
  text_ += std::to_string(std::min(value, kMost));
}

void JsonText::seconds(std::string_view key, std::chrono::microseconds value) {
  constexpr std::int64_t kParts = 1'000'000;
  const std::int64_t microseconds = std::max<std::int64_t>(0, value.count());
  std::string fraction = std::to_string(kParts + microseconds % kParts);
  while (fraction.back() == '0') fraction.pop_back();
  begin_value(key);
  text_ += std::to_string(microseconds / kParts);
  if (fraction.size() > 1) text_.append(".").append(fraction, 1);
}

void JsonText::flag(std::string_view key, bool value) {
  begin_value(key);
  text_ += value ? "true" : "false";
}

void JsonText::null(std::string_view key) {
  begin_value(key);
  text_ += "null";
}

}  // namespace warp::management
