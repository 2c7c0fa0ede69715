// What an application says while it serves a request, on its way to the error log of the request's
// virtual host.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp::wire {

// syslog's and httpd's numbers, as far as applications may use them.
inline constexpr std::uint8_t kLogCritical = 2;
inline constexpr std::uint8_t kLogError = 3;
inline constexpr std::uint8_t kLogWarning = 4;
inline constexpr std::uint8_t kLogNotice = 5;
inline constexpr std::uint8_t kLogInfo = 6;
inline constexpr std::uint8_t kLogDebug = 7;

struct LogRecord {
  std::uint8_t level = kLogError;
  std::string_view text;  // one record: may hold several lines
};

// Appends the payload to `out`. Level and size (kMaxLogText) are asserted.
void encode_log_record(std::string& out, const LogRecord& record);
// kProtocol for an empty payload, a level out of range and more text than kMaxLogText. Says nothing
// about the text, which may hold any bytes. The view points into `payload`.
[[nodiscard]] Result<LogRecord> decode_log_record(std::string_view payload);

}  // namespace warp::wire
