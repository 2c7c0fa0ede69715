#include <algorithm>

#include "base/strings.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

bool is_one_of(char c, std::string_view others) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         others.find(c) != std::string_view::npos;
}

bool consists_of(std::string_view name, std::string_view others) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_one_of(c, others); });
}

}  // namespace

bool is_url_path(std::string_view text) { return text.starts_with('/') && printable(text) == text; }

void check_names(const Settings& settings, Problems& problems) {
  constexpr std::string_view kInNames = "-._";
  constexpr std::string_view kInAliases = "-._*?:[]";
  if (!settings.server_name.empty() && !consists_of(settings.server_name, kInNames))
    refuse(problems, "server-name: '" + printable(settings.server_name) +
                         "' is not a host name; write www.example.org, without scheme and port");
  for (const std::string& alias : settings.server_aliases)
    if (!consists_of(alias, kInAliases))
      refuse(problems, "server-alias: '" + printable(alias) + "' is not a host name or address");
  if (!settings.server_name.empty()) return;
  if (!settings.server_aliases.empty())
    refuse(problems, "server-alias needs server-name, the server's main name");
  if (settings.allow_localhost)
    refuse(problems,
           "allow-localhost needs server-name; without that every name is served, localhost too");
}

}  // namespace warp
