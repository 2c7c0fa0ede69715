// A JSON object on one line, for logs: whatever bytes a client sends, the line stays JSON in UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace warp {

class JsonLine final {
 public:
  // Bytes that are no UTF-8 become U+FFFD, control characters \u00XX.
  JsonLine& add(std::string_view name, std::string_view text);
  JsonLine& add(std::string_view name, std::int64_t number);
  // null for a text that is empty.
  JsonLine& add_or_null(std::string_view name, std::string_view text);
  // "{…}", without an end of line.
  [[nodiscard]] std::string take() &&;

 private:
  void begin(std::string_view name);

  std::string line_ = "{";
};

// "2026-11-26T16:51:33.062224Z" for microseconds since 1970.
[[nodiscard]] std::string utc_time(std::int64_t microseconds);

}  // namespace warp
