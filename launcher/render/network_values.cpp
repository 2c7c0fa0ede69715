#include "launcher/render/values.hpp"

namespace warp {
namespace {

// A server's URL without the slash at its end.
std::string bare(std::string url) {
  while (url.ends_with("/")) url.pop_back();
  return url;
}

std::string with_port(const std::string& name, std::uint16_t port) {
  return name + ":" + std::to_string(port);
}

TemplateList virtual_hosts(const Plan& plan) {
  const std::uint16_t https = plan.settings.https_port;
  TemplateList list;
  for (const VirtualHost& host : plan.virtual_hosts)
    list.push_back({{{"port", std::to_string(host.port)},
                     {"name", with_port(host.name, host.port)},
                     {"has_aliases", !host.aliases.empty()},
                     {"aliases", words(host.aliases)},
                     {"is_https", host.is_https},
                     {"scheme", std::string(host.is_https ? "https" : "http")},
                     {"redirects_to_https", host.redirects_to_https},
                     {"https_place", std::string("https://%{SERVER_NAME}") +
                                         (https == 443 ? "" : ":" + std::to_string(https)) + "%1"},
                     {"is_proxied", !host.redirects_to_https && !host.proxied_to.empty()},
                     {"proxied_to", bare(host.proxied_to) + "/"}}});
  return list;
}

void add_https(TemplateValues& values, const Settings& settings) {
  values.named["has_https"] = settings.https_port > 0;
  values.named["certificate"] = settings.ssl_certificate_file;
  values.named["has_key_file"] = !settings.ssl_certificate_key_file.empty();
  values.named["key"] = settings.ssl_certificate_key_file;
  values.named["asks_for_client_certificates"] = !settings.ssl_ca_certificate_file.empty();
  values.named["authorities"] = settings.ssl_ca_certificate_file;
  values.named["client_certificates"] =
      std::string(settings.ssl_verify_client.empty() ? "require" : "optional");
  values.named["urls_for_client_certificates"] = words(settings.ssl_verify_client);
  values.named["ssl_environment"] = settings.ssl_environment;
  values.named["has_hsts"] = !settings.hsts_policy.empty();
  values.named["hsts"] = settings.hsts_policy;
}

}  // namespace

void add_network(TemplateValues& values, const Plan& plan) {
  const Settings& settings = plan.settings;
  values.named["listen"] = words(plan.listen);
  values.named["server_name"] =
      with_port(settings.server_name.empty() ? "localhost" : settings.server_name, settings.port);
  values.named["only_known_names"] = !settings.server_name.empty();
  values.named["server_backlog"] = std::to_string(settings.server_backlog);
  values.named["http2"] = settings.http2;
  values.named["has_virtual_hosts"] = !plan.virtual_hosts.empty();
  values.named["virtual_hosts"] = virtual_hosts(plan);
  add_https(values, settings);
}

void add_others(TemplateValues& values, const Plan& plan) {
  const Settings& settings = plan.settings;
  TemplateList mounts;
  for (const auto& [path, url] : settings.proxy_mount_points) {
    const std::string mount = path == "/" ? path : bare(path);
    const std::string target = path == "/" ? bare(url) + "/" : bare(url);
    mounts.push_back({{{"mount", mount}, {"target", target}, {"prefix", bare(path)}}});
  }
  values.named["has_proxy_mounts"] = !mounts.empty();
  values.named["has_proxies"] = !mounts.empty() || !settings.proxy_virtual_hosts.empty();
  values.named["proxy_mounts"] = std::move(mounts);
  values.named["has_proxy_timeout"] = settings.proxy_timeout.has_value();
  values.named["proxy_timeout"] = seconds(settings.proxy_timeout.value_or(std::chrono::seconds(0)));
  values.named["asks_for_password"] = !settings.auth_user_file.empty();
  values.named["auth_user_file"] = settings.auth_user_file;
  values.named["auth_name"] = settings.auth_name;
  values.named["server_status"] = settings.server_status;
}

}  // namespace warp
