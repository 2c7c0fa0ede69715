#include "launcher/plan/modules.hpp"

#include <algorithm>

#include "launcher/plan/httpd.hpp"

namespace warp {
namespace {

// A module, and whether the plan has a use for it.
struct Need {
  const char* module;
  bool is_there;
};

bool serves_files(const Plan& plan) {
  return !plan.static_files.empty() || !plan.settings.document_root.empty();
}

bool has_proxies(const Settings& settings) {
  return !settings.proxy_mount_points.empty() || !settings.proxy_virtual_hosts.empty();
}

// Any installation has these, and an error names one that is missing.
std::vector<Need> needs(const Plan& plan) {
  const Settings& settings = plan.settings;
  const bool has_https = settings.https_port > 0;
  const bool has_password = !settings.auth_user_file.empty();
  return {{"env", !settings.setenv.empty()},
          {"ssl", has_https},
          {"socache_shmcb", has_https},
          {"http2", settings.http2},
          {"rewrite", settings.https_only},
          {"dir", !settings.directory_index.empty() || settings.directory_listing},
          {"autoindex", settings.directory_listing},
          {"filter", settings.compress_responses},
          {"deflate", settings.compress_responses},
          {"headers",
           !settings.hsts_policy.empty() || settings.compress_responses || has_proxies(settings)},
          {"proxy", has_proxies(settings)},
          {"proxy_http", has_proxies(settings)},
          {"authn_core", has_password},
          {"authn_file", has_password},
          {"authz_user", has_password},
          {"auth_basic", has_password},
          {"authz_host", settings.server_status},
          {"status", settings.server_status}};
}

std::vector<Need> wishes(const Plan& plan) {
  return {{"reqtimeout", true},
          {"headers", serves_files(plan)},
          {"brotli", plan.settings.compress_responses}};
}

}  // namespace

std::vector<std::string> needed_modules(const Plan& plan) {
  std::vector<std::string> names = {
      "mpm_" + mpm_name(plan.sizes.mpm), "unixd", "authz_core", "log_config", "mime", "alias"};
  for (const auto& [module, is_there] : needs(plan))
    if (is_there) names.emplace_back(module);
  for (const auto& [module, is_there] : wishes(plan))
    if (is_there && has_module(plan.httpd, module) &&
        std::find(names.begin(), names.end(), module) == names.end())
      names.emplace_back(module);
  return names;
}

bool is_needed(const Plan& plan, std::string_view module) {
  const std::vector<std::string> names = needed_modules(plan);
  return std::find(names.begin(), names.end(), module) != names.end();
}

}  // namespace warp
