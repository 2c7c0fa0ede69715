#include "launcher/render/values.hpp"

namespace warp {
namespace {

constexpr auto kCommon = R"(%h %l %u %t "%r" %>s %b)";
constexpr auto kCombined = R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i")";
// mod_warp's: the whole line, which httpd's own escapes would not make JSON.
constexpr auto kJson = "%^wj";

std::string access_log_format(const Settings& settings) {
  const std::string& format = settings.access_log_format;
  if (settings.log_format == "json") return kJson;
  if (format.empty() || format == "combined") return kCombined;
  return format == "common" ? kCommon : format;
}

// Arguments of a command that httpd splits into words by itself.
std::string in_quotes(const std::string& word) { return "'" + word + "'"; }

// The name without a date is always that of the file that is being written.
std::string rotating_command(const Rotation& rotation, const std::string& log) {
  constexpr auto kDate = ".%Y-%m-%dT%H-%M-%S";
  return in_quotes(rotation.executable) + " -f -L " + in_quotes(log) + " " +
         in_quotes(log + kDate) + " " + std::to_string(rotation.size) + "B";
}

std::string access_target(const Logs& logs) {
  if (!logs.rotation || logs.access_log.empty()) return logs.access_log;
  return "|" + rotating_command(*logs.rotation, logs.access_log);
}

std::string error_target(const Logs& logs) {
  if (logs.json_program.empty())
    return logs.rotation ? "|" + rotating_command(*logs.rotation, logs.error_log) : logs.error_log;
  const std::string command = "|" + in_quotes(logs.json_program) + " ";
  if (logs.rotation)
    return command + "--through " + rotating_command(*logs.rotation, logs.error_log);
  // It can be a socket, which can't be opened by a name.
  return command + (logs.error_log == kStandardOutput ? "-" : in_quotes(logs.error_log));
}

// For JSON the one that warp-json-log reads.
std::string error_log_format(const Plan& plan) {
  if (plan.logs.json_program.empty()) return plan.settings.error_log_format;
  return R"([%{u}t] [%-m:%l] [pid %P:tid %T] [client\ %a] [request\ %L] %E: %M)";
}

}  // namespace

void add_logs(TemplateValues& values, const Plan& plan) {
  const Logs& logs = plan.logs;
  values.named["error_log"] = error_target(logs);
  values.named["has_error_log_format"] = !error_log_format(plan).empty();
  values.named["error_log_format"] = error_log_format(plan);
  values.named["log_level"] = logs.level;
  values.named["has_access_log"] = !logs.access_log.empty();
  values.named["access_log"] = access_target(logs);
  values.named["access_log_format"] = access_log_format(plan.settings);
}

}  // namespace warp
