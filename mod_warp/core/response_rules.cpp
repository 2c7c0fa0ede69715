#include "mod_warp/core/response_rules.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/strings.hpp"

namespace warp::core {

namespace {

bool is_one_of(std::span<const std::string_view> names, std::string_view field_name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return name.size() == field_name.size() && equals_ignoring_case(name, field_name);
  });
}

}  // namespace

bool is_hop_by_hop(std::string_view field_name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "connection", "keep-alive",        "proxy-connection", "te",
      "trailer",    "transfer-encoding", "upgrade"};
  return is_one_of(kNames, field_name);
}

bool is_early_hint(std::string_view field_name) {
  constexpr std::array<std::string_view, 4> kNames = {
      "link", "content-security-policy", "content-security-policy-report-only", "referrer-policy"};
  return is_one_of(kNames, field_name);
}

bool survives_error_page(std::string_view field_name) {
  constexpr std::array<std::string_view, 4> kNames = {"www-authenticate", "set-cookie",
                                                      "retry-after", "allow"};
  return is_one_of(kNames, field_name);
}

}  // namespace warp::core
