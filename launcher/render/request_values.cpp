#include "launcher/plan/httpd.hpp"
#include "launcher/render/values.hpp"

namespace warp {
namespace {

// RequestReadTimeout's "header=15-30,MinRate=500".
std::string reading(const std::string& stage, std::chrono::seconds timeout,
                    std::chrono::seconds most, unsigned rate) {
  std::string text = stage + "=" + seconds(timeout);
  if (timeout.count() == 0 || rate == 0) return text;
  if (most > timeout) text += "-" + seconds(most);
  return text + ",MinRate=" + std::to_string(rate);
}

std::vector<std::string> reading_limits(const Settings& settings) {
  std::vector<std::string> limits = {
      reading("header", settings.header_timeout, settings.header_max_timeout,
              settings.header_min_rate),
      reading("body", settings.body_timeout, settings.body_max_timeout, settings.body_min_rate)};
  if (settings.https_port > 0)
    limits.insert(limits.begin(), "handshake=" + seconds(settings.header_timeout));
  return limits;
}

TemplateList error_documents(const Settings& settings) {
  TemplateList list;
  for (const auto& [status, url] : settings.error_documents)
    list.push_back({{{"status", status}, {"url", url}}});
  return list;
}

}  // namespace

void add_requests(TemplateValues& values, const Plan& plan) {
  const Settings& settings = plan.settings;
  values.named["timeout"] = seconds(settings.socket_timeout);
  values.named["graceful_timeout"] = seconds(settings.graceful_timeout);
  values.named["keep_alive"] = settings.keep_alive;
  values.named["keep_alive_timeout"] = seconds(settings.keep_alive_timeout);
  values.named["limit_request_body"] = std::to_string(settings.limit_request_body);
  values.named["has_reqtimeout"] = has_module(plan.httpd, "reqtimeout");
  values.named["reading_limits"] = words(reading_limits(settings));
  values.named["error_documents"] = error_documents(settings);
  values.named["error_override"] = settings.error_override;
}

}  // namespace warp
