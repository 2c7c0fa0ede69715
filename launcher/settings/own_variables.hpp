// WARPDRIVE_… variables that are no options: how `warpdrive` tells its parts where they are.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace warp {

inline constexpr std::array<std::string_view, 12> kOwnVariables = {
    "WARPDRIVE_VIRTUALENVS", "WARPDRIVE_ENVIRONMENT",  "WARPDRIVE_APP_ROOT",
    "WARPDRIVE_SRC_ROOT",    "WARPDRIVE_DEPLOY_MODE",  "WARPDRIVE_DEPENDENCIES",
    "WARPDRIVE_BUILDER",     "WARPDRIVE_ENGINE",       "WARPDRIVE_UPLOAD",
    "WARPDRIVE_KEEP_WHEELS", "WARPDRIVE_STATIC_FILES", "WARPDRIVE_RUNNING_SCRIPT"};

[[nodiscard]] inline bool is_own_variable(std::string_view name) {
  return std::find(kOwnVariables.begin(), kOwnVariables.end(), name) != kOwnVariables.end();
}

}  // namespace warp
