// A line of httpd's error log as a JSON object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace warp {

// The form that the launcher gives to httpd, and that our own processes write in anyway:
//   [date] [module:level] [pid P:tid T] [client A] [request ID] message
// where client and request are not always there. A line of another form, which some program has
// written to its standard error, is all message; its time is `now` (microseconds since 1970).
// `service` names the side process whose log it is; empty for httpd's.
[[nodiscard]] std::string json_of_error_line(std::string_view line, std::int64_t now,
                                             std::string_view service = {});

}  // namespace warp
