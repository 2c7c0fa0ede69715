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

// What httpd opens for a log. The name without a date is always that of the file being written.
std::string target_of(const std::string& log, const std::optional<Rotation>& rotation) {
  if (!rotation || log.empty()) return log;
  constexpr auto kDate = ".%Y-%m-%dT%H-%M-%S";
  return "|'" + rotation->executable + "' -f -L '" + log + "' '" + log + kDate + "' " +
         std::to_string(rotation->size) + "B";
}

}  // namespace

void add_logs(TemplateValues& values, const Plan& plan) {
  const Logs& logs = plan.logs;
  values.named["error_log"] = target_of(logs.error_log, logs.rotation);
  values.named["has_error_log_format"] = !plan.settings.error_log_format.empty();
  values.named["error_log_format"] = plan.settings.error_log_format;
  values.named["log_level"] = logs.level;
  values.named["has_access_log"] = !logs.access_log.empty();
  values.named["access_log"] = target_of(logs.access_log, logs.rotation);
  values.named["access_log_format"] = access_log_format(plan.settings);
}

}  // namespace warp
