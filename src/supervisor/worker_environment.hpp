// The environment of a group's workers: httpd's, and what the configuration says about user and
// language.
#pragma once

#include <string>
#include <vector>

#include "wire/group_config.hpp"

namespace warp::supervisor {

// `inherited` ends with a null pointer, like environ.
[[nodiscard]] std::vector<std::string> worker_environment(const char* const* inherited,
                                                          const wire::GroupConfig& config);

}  // namespace warp::supervisor
