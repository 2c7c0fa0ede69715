// All decisions, in order.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] Result<Plan> make_plan(const Settings& settings, const Project& project,
                                     const Installation& installation, Host& host);

// Other kinds than WSGI are known, so that they are not taken for something else.
[[nodiscard]] Result<> check_is_served(const Application& application);

// A name for the process group from the project's folder.
[[nodiscard]] std::string group_name_for(const std::string& project_directory);

// The locale of an environment, by LC_ALL, LC_CTYPE, LANG; empty when none is set.
[[nodiscard]] std::string locale_of(const Environment& environment);

}  // namespace warp
