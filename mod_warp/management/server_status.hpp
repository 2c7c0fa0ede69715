// Our part of httpd's own page server-status (mod_status), in its two forms.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "mod_warp/management/group_figures.hpp"

namespace warp::management {

enum class ServerStatusForm : std::uint8_t {
  kTables,
  kNoTables,
  kLines,  // ?auto: "Key: value"
};
// Without groups there is no heading either.
[[nodiscard]] std::string server_status_part(std::span<const GroupFigures> groups,
                                             ServerStatusForm form);

}  // namespace warp::management
