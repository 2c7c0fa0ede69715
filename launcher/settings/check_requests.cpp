#include "base/strings.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

bool is_web_url(std::string_view text) {
  return (text.starts_with("http://") || text.starts_with("https://")) && printable(text) == text;
}

void check_error_documents(const Settings& settings, Problems& problems) {
  for (const auto& [status, url] : settings.error_documents) {
    const auto number = parse_unsigned(status);
    if (!number || *number < 400 || *number > 599)
      refuse(problems,
             "error-document: '" + printable(status) + "' is not a status from 400 to 599");
    else if (!is_url_path(url) && !is_web_url(url))
      refuse(problems, "error-document: '" + printable(url) + "' for " + status +
                           " is neither a path of this server nor an http:// or https:// URL");
    else if (*number == 401 && !is_url_path(url))
      refuse(problems,
             "error-document: a redirect for 401 would keep the browser from asking for the "
             "password; name a path of this server");
  }
}

void check_reading(std::string_view part, std::chrono::seconds timeout, std::chrono::seconds most,
                   unsigned rate, Problems& problems) {
  const std::string name(part);
  if (most.count() == 0) return;
  if (most < timeout)
    refuse(problems, name + "-max-timeout (" + std::to_string(most.count()) + ") is less than " +
                         name + "-timeout (" + std::to_string(timeout.count()) + ")");
  else if (timeout.count() == 0 || rate == 0)
    refuse(problems, name + "-max-timeout has no effect when " + name + "-timeout or " + name +
                         "-min-rate is 0; make it 0 too");
}

}  // namespace

void check_requests(const Settings& settings, Problems& problems) {
  check_error_documents(settings, problems);
  check_reading("header", settings.header_timeout, settings.header_max_timeout,
                settings.header_min_rate, problems);
  check_reading("body", settings.body_timeout, settings.body_max_timeout, settings.body_min_rate,
                problems);
}

}  // namespace warp
