#include "launcher/plan/virtual_hosts.hpp"

namespace warp {
namespace {

std::vector<std::string> aliases_of(const Settings& settings) {
  std::vector<std::string> aliases;
  for (const std::string& alias : settings.server_aliases)
    // httpd compares IPv6 addresses without their brackets.
    aliases.push_back(
        alias.starts_with("[") && alias.ends_with("]") ? alias.substr(1, alias.size() - 2) : alias);
  if (settings.allow_localhost) aliases.insert(aliases.end(), {"localhost", "127.0.0.1", "::1"});
  return aliases;
}

void add_ports(std::vector<VirtualHost>& hosts, VirtualHost host, const Settings& settings) {
  host.port = settings.port;
  host.redirects_to_https = settings.https_only;
  hosts.push_back(host);
  if (settings.https_port == 0) return;
  host.port = settings.https_port;
  host.redirects_to_https = false;
  host.is_https = true;
  hosts.push_back(std::move(host));
}

}  // namespace

std::vector<VirtualHost> plan_virtual_hosts(const Settings& settings) {
  if (settings.server_name.empty() && settings.https_port == 0 &&
      settings.proxy_virtual_hosts.empty())
    return {};
  std::vector<VirtualHost> hosts;
  const std::string name = settings.server_name.empty() ? "localhost" : settings.server_name;
  add_ports(hosts, {.name = name, .aliases = aliases_of(settings)}, settings);
  for (const auto& [proxied, url] : settings.proxy_virtual_hosts)
    add_ports(hosts, {.name = proxied, .proxied_to = url}, settings);
  return hosts;
}

}  // namespace warp
