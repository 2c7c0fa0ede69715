// What all pages for those who watch the server need from httpd.
#pragma once

#include <string_view>
#include <vector>

#include "mod_warp/apache.hpp"
#include "mod_warp/config/process_group.hpp"
#include "mod_warp/management/group_figures.hpp"
#include "mod_warp/management/health.hpp"

namespace warp {

// None in a child of httpd without any group.
[[nodiscard]] std::vector<management::ManagedGroup> managed_groups(
    const Installation& installation);

[[nodiscard]] management::Service service_of(request_rec* request);

// What the handler hook returns.
int send_page(request_rec* request, const char* content_type, std::string_view page);

}  // namespace warp
