// Numbers as people read them. The status page's script writes them in the same way.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace warp::management {

// "12,345"
[[nodiscard]] std::string count_text(std::uint64_t count);
// "0.3 ms", "120 ms", "1.30 s", "3 min 20 s", "2 h 5 min", "3 d 4 h"
[[nodiscard]] std::string duration_text(std::chrono::microseconds duration);
// "512 B", "1.5 kB", "14.8 MB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);
// "2026-11-26 20:45:25", UTC, from microseconds since 1970
[[nodiscard]] std::string time_text(std::uint64_t at_us);

}  // namespace warp::management
