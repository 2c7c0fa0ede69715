#include "base/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <cstdio>
#include <string>

#include "base/strings.hpp"

namespace warp {
namespace {

// httpd knows a level between info and warn, spdlog does not: notice is written as spdlog's info,
// and httpd's info as debug, with the word that the reader sees put into the message's bracket by
// us.
constexpr std::array kWords = {"trace", "debug", "info", "notice", "warn", "error", "crit"};

// As httpd's default ErrorLogFormat: [Sun Nov 22 17:00:01.123456 2026] [module:level] [pid 12:tid
// 13] text.
constexpr const char* kPattern = "[%a %b %d %H:%M:%S.%f %Y] [warp:%v";

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kTrace:
    case LogLevel::kDebug:
      return spdlog::level::trace;
    case LogLevel::kInfo:
      return spdlog::level::debug;
    case LogLevel::kNotice:
      return spdlog::level::info;
    case LogLevel::kWarn:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kCritical:
      return spdlog::level::critical;
  }
  return spdlog::level::err;
}

// What begins every line of this thread, after the date.
std::string begin_line(LogLevel level, const spdlog::logger& logger) {
  return std::string(kWords[static_cast<std::size_t>(level)]) + "] [pid " +
         std::to_string(spdlog::details::os::pid()) + ":tid " + std::to_string(::gettid()) + "] " +
         logger.name() + ": ";
}

}  // namespace

Result<LogLevel> parse_log_level(std::string_view word) {
  const std::string lower = to_lower(word);
  if (lower.starts_with("trace")) return LogLevel::kTrace;
  if (lower == "alert" || lower == "emerg") return LogLevel::kCritical;
  for (std::size_t i = 0; i < kWords.size(); ++i)
    if (lower == kWords[i]) return static_cast<LogLevel>(i);
  return fail(
      Errc::kInvalidSetting,
      "log level '" + printable(word) +
          "' is none of trace1 … trace8, debug, info, notice, warn, error, crit, alert, emerg");
}

void start_log(std::string_view program, LogLevel lowest) {
  auto logger = std::make_shared<spdlog::logger>(std::string(program),
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(to_spdlog(lowest));
  logger->flush_on(spdlog::level::trace);
  logger->set_pattern(kPattern);
  spdlog::set_default_logger(std::move(logger));
}

bool is_logged(LogLevel level) {
  return spdlog::default_logger_raw()->should_log(to_spdlog(level));
}

std::string log_message(std::string_view event, std::initializer_list<LogField> fields) {
  std::string message = printable(event);
  for (const LogField& field : fields) {
    message += ' ';
    message += field.name;
    message += '=';
    message += printable(field.value);
  }
  return message;
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!is_logged(level)) return;
  spdlog::logger& logger = *spdlog::default_logger_raw();
  logger.log(to_spdlog(level), begin_line(level, logger) + log_message(event, fields));
}

void log_lines(LogLevel level, std::string_view text, std::string_view before) {
  if (!is_logged(level)) return;
  const spdlog::logger& logger = *spdlog::default_logger_raw();
  const std::string beginning = begin_line(level, logger) + printable(before);
  spdlog::pattern_formatter formatter(kPattern);
  spdlog::memory_buf_t lines;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const std::string message = beginning + printable(line);
    formatter.format(spdlog::details::log_msg(logger.name(), to_spdlog(level), message), lines);
  }
  std::fwrite(lines.data(), 1, lines.size(), stderr);
}

}  // namespace warp
