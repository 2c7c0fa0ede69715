#include "base/strings.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

constexpr std::string_view kText = "text";

void check_name(std::string_view option, const std::string& name, Problems& problems) {
  if (name.find('/') != std::string::npos || name == "." || name == ".." || printable(name) != name)
    refuse(problems, std::string(option) + ": '" + printable(name) +
                         "' is not the name of a file; its folder is log-directory");
}

}  // namespace

void check_logs(const Settings& settings, Problems& problems) {
  check_name("error-log-name", settings.error_log_name, problems);
  check_name("access-log-name", settings.access_log_name, problems);
  if (settings.error_log_name == settings.access_log_name && !settings.error_log_name.empty())
    refuse(problems, "error-log-name and access-log-name are both " +
                         printable(settings.error_log_name) + "; each log needs a file");
  if (settings.rotate_logs && settings.log_to_terminal)
    refuse(problems, "rotate-logs and log-to-terminal contradict each other; leave one out");
  if (settings.rotate_logs && settings.max_log_size == 0)
    refuse(problems, "max-log-size is 0; rotate-logs needs a size");
  const bool is_json = !settings.log_format.empty() && settings.log_format != kText;
  if (is_json && !(settings.access_log_format.empty() && settings.error_log_format.empty()))
    refuse(problems,
           "log-format json contradicts access-log-format and error-log-format; leave it or them "
           "out");
  if (!settings.access_log && !settings.access_log_format.empty())
    refuse(problems, "access-log-format has no access log to format; add access-log");
}

}  // namespace warp
