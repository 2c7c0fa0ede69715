// How large httpd's pool of children and threads is.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// `tasks`: so many processes and threads may there be at all.
[[nodiscard]] Sizes plan_sizes(const Settings& settings, Mpm mpm,
                               std::optional<std::uint64_t> tasks = std::nullopt);

// How many there are at most, while a graceful restart or a reload has old and new ones side by
// side.
[[nodiscard]] std::uint64_t most_tasks(const Settings& settings, const Sizes& sizes);

// A sentence when there may be more of them than are granted, else empty.
[[nodiscard]] std::string doubt_about_tasks(const Settings& settings, const Sizes& sizes,
                                            const Granted& granted);

// Requests that may wait for an application thread. With management pages fewer than httpd has
// threads for, so that one is always left to answer those.
[[nodiscard]] unsigned queue_limit_for(const Settings& settings, const Sizes& sizes);

}  // namespace warp
