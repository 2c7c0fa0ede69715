#include <algorithm>
#include <set>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

constexpr std::size_t kLongestName = 32;

// A word of log lines and the name of a file.
bool is_service_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

}  // namespace

void check_services(const Settings& settings, Problems& problems) {
  std::set<std::string_view> names;
  for (const auto& [name, path] : settings.service_scripts) {
    if (!is_service_name(name))
      refuse(problems, "service-script: '" + printable(name) +
                           "' is not a name of at most 32 letters, digits, '.', '_' and '-'");
    if (!names.insert(name).second)
      refuse(problems, "service-script: there are two services " + printable(name));
    if (!is_file(path))
      refuse(problems,
             "service-script: " + printable(path) + " for " + printable(name) + ": no such file");
  }
  for (const auto& [option, pairs] : {std::pair("service-user", &settings.service_users),
                                      std::pair("service-group", &settings.service_groups),
                                      std::pair("service-log-file", &settings.service_log_files)})
    for (const auto& [name, value] : *pairs)
      if (!names.contains(name))
        refuse(problems, std::string(option) + ": there is no service " + printable(name) +
                             "; name its script with --service-script " + printable(name) +
                             " FILE");
}

}  // namespace warp
