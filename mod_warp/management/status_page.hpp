// The status page: one HTML document that holds all it needs. It shows the state of its moment, and
// its script keeps that up to date from the JSON.
#pragma once

#include <string>

#include "mod_warp/management/status.hpp"

namespace warp::management {

[[nodiscard]] std::string status_page(const ServerStatus& status);

// The value of Content-Security-Policy: the page's own style and script, its JSON, and nothing
// else.
[[nodiscard]] std::string status_page_policy();

}  // namespace warp::management
