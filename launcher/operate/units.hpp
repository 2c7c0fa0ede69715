// Numbers as a person reads them in a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace warp {

// "850 kB", "45.2 MB", "1.3 GB"; "-" for nothing.
[[nodiscard]] std::string size_text(std::optional<std::uint64_t> bytes);
// "0.25 s", "12.3 s", "4m05s", "2h03m", "5d02h".
[[nodiscard]] std::string time_text(double seconds);
// In printable ASCII; anything else, which could move the cursor, is a question mark.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace warp
