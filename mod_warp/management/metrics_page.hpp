// /metrics: all figures of all groups.
#pragma once

#include <span>
#include <string>

#include "mod_warp/management/group_figures.hpp"
#include "mod_warp/management/metrics_text.hpp"

namespace warp::management {

[[nodiscard]] std::string metrics_page(std::span<const GroupFigures> groups, MetricsFormat format);

}  // namespace warp::management
