// What the applications count (warp.metrics), on the page of metrics.
#pragma once

#include <span>

#include "mod_warp/management/group_figures.hpp"
#include "mod_warp/management/metrics_text.hpp"

namespace warp::management {

// With the label `group`. A name that groups use for metrics of different kinds is the first
// group's.
void add_application_metrics(MetricsText& text, std::span<const GroupFigures> groups);

}  // namespace warp::management
