// The log of the programs that are not httpd: lines in httpd's own format on standard error, which
// httpd has made its error log. Not for mod_warp.so, which logs through httpd.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.hpp"

namespace warp {

enum class LogLevel { kTrace, kDebug, kInfo, kNotice, kWarn, kError, kCritical };

// httpd's LogLevel words: trace1..trace8, debug, info, notice, warn, error, crit, alert, emerg.
[[nodiscard]] Result<LogLevel> parse_log_level(std::string_view word);

struct LogField {
  LogField(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
  LogField(std::string_view field_name, const char* text) : name(field_name), value(text) {}
  template <typename Number>
  requires std::is_arithmetic_v<Number> LogField(std::string_view field_name, Number number)
      : name(field_name), value(std::to_string(number)) {}
  std::string_view name;
  std::string value;
};

// Once per process, before the first line: who is speaking ("warp-supervisor") and the lowest level
// written.
void start_log(std::string_view program, LogLevel lowest);

// "daemon exited group=site pid=12": one line, control characters are escaped.
[[nodiscard]] std::string log_message(std::string_view event,
                                      std::initializer_list<LogField> fields);

// "[date] [warp:warn] [pid 7] warp-supervisor: daemon exited group=site pid=12": the event in the
// message, data in the fields. Always one line: control characters are escaped. Whole lines reach
// the file at once, from any thread.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

// A text of several lines, each as log() would write it, all at once: no line of another thread or
// process comes between them. `before` begins each; empty lines are left out.
void log_lines(LogLevel level, std::string_view text, std::string_view before = {});

inline void log_error(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kError, event, fields);
}
inline void log_warn(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kWarn, event, fields);
}
inline void log_info(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kInfo, event, fields);
}
inline void log_debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kDebug, event, fields);
}

// True when a line of this level would be written; for callers whose line is costly to make.
[[nodiscard]] bool is_logged(LogLevel level);

}  // namespace warp
