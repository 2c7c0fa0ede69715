#include "mod_warp/core/request_id.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp::core {
namespace {

constexpr std::size_t kLongestId = 128;
constexpr std::size_t kTraceId = 32;

bool is_of_id(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.:+/=@").find(c) != std::string_view::npos;
}

// W3C Trace Context has small letters only.
bool is_hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"; a later version may have more behind.
std::optional<std::string_view> trace_id_in(std::string_view value) {
  constexpr std::size_t kLength = 55;
  if (value.size() < kLength || value[2] != '-' || value[35] != '-' || value[52] != '-')
    return std::nullopt;
  const std::string_view version = value.substr(0, 2);
  const std::string_view id = value.substr(3, kTraceId);
  const bool has_right_length =
      version == "00" ? value.size() == kLength : value.size() == kLength || value[kLength] == '-';
  const bool is_well_formed = has_right_length && version != "ff" && is_hexadecimal(version) &&
                              is_hexadecimal(id) && is_hexadecimal(value.substr(36, 16)) &&
                              is_hexadecimal(value.substr(53, 2));
  // All zeros mean that there is none.
  if (!is_well_formed || id.find_first_not_of('0') == std::string_view::npos) return std::nullopt;
  return id;
}

}  // namespace

std::string names_of_request_id_headers() {
  std::string names;
  for (const RequestIdHeader& header : kRequestIdHeaders)
    names.append(names.empty() ? "" : ", ").append(header.name);
  return names;
}

std::optional<std::size_t> request_id_header_index(std::string_view name) {
  const auto* const found = std::find_if(
      kRequestIdHeaders.begin(), kRequestIdHeaders.end(),
      [&](const RequestIdHeader& header) { return equals_ignoring_case(header.name, name); });
  if (found == kRequestIdHeaders.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kRequestIdHeaders.begin());
}

std::optional<std::string_view> request_id_in(RequestIdForm form, std::string_view value) {
  if (form == RequestIdForm::kTraceParent) return trace_id_in(value);
  if (value.empty() || value.size() > kLongestId ||
      !std::all_of(value.begin(), value.end(), is_of_id))
    return std::nullopt;
  return value;
}

}  // namespace warp::core
