#include "mod_warp/core/response_rules.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace warp::core {

bool is_hop_by_hop(std::string_view field_name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "connection", "keep-alive",        "proxy-connection", "te",
      "trailer",    "transfer-encoding", "upgrade"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return name.size() == field_name.size() && equals_ignoring_case(name, field_name);
  });
}

}  // namespace warp::core
