#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

bool is_server_url(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  return url.starts_with(kScheme) && url.size() > kScheme.size() && url[kScheme.size()] != '/' &&
         printable(url) == url && url.find_first_of(" ?#") == std::string_view::npos;
}

void check_target(std::string_view option, const std::string& what, const std::string& url,
                  Problems& problems) {
  if (!is_server_url(url))
    refuse(problems, std::string(option) + ": '" + printable(url) + "' for " + printable(what) +
                         " is not the URL of a server for HTTP, like http://127.0.0.1:9000/");
}

bool is_host_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
}

}  // namespace

void check_others(const Settings& settings, Problems& problems) {
  for (const auto& [path, url] : settings.proxy_mount_points) {
    if (!is_url_path(path))
      refuse(problems, "proxy-mount-point: URL '" + printable(path) + "' does not start with /");
    check_target("proxy-mount-point", path, url, problems);
  }
  for (const auto& [name, url] : settings.proxy_virtual_hosts) {
    if (!is_host_name(name) || to_lower(name) == to_lower(settings.server_name))
      refuse(problems, "proxy-virtual-host: '" + printable(name) +
                           "' is not a host name, or server-name itself");
    check_target("proxy-virtual-host", name, url, problems);
  }
  if (!settings.auth_user_file.empty() && !is_file(settings.auth_user_file))
    refuse(problems, "auth-user-file: " + printable(settings.auth_user_file) +
                         ": no such file; make it with htpasswd -cB FILE USER");
}

}  // namespace warp
