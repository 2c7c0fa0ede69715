#include "launcher/render/httpd_conf.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/plan/management.hpp"
#include "launcher/plan/sizes.hpp"
#include "launcher/render/template.hpp"
#include "launcher/render/values.hpp"

namespace warp {
namespace {

TemplateList module_values(const Plan& plan) {
  TemplateList list;
  for (const LoadedModule& module : plan.modules)
    list.push_back({{{"symbol", module.symbol}, {"path", module.path}}});
  return list;
}

std::uint64_t count_of(std::chrono::seconds duration) {
  return static_cast<std::uint64_t>(duration.count());
}

// Those that are off unless somebody asks for them.
void add_limits(std::vector<std::string>& options, const Settings& settings) {
  const std::vector<std::pair<std::string_view, std::uint64_t>> limits = {
      {"maximum-requests", settings.maximum_requests},
      {"restart-interval", count_of(settings.restart_interval)},
      {"inactivity-timeout", count_of(settings.inactivity_timeout)},
      {"cpu-time-limit", count_of(settings.cpu_time_limit)},
      {"memory-limit", settings.memory_limit},
      {"memory-hard-limit", settings.memory_hard_limit},
      {"stack-size", settings.stack_size},
      {"virtual-memory-limit", settings.virtual_memory_limit},
      {"data-size-limit", settings.data_size_limit},
      {"open-files-limit", settings.open_files_limit},
      {"eviction-timeout", count_of(settings.eviction_timeout)},
      {"interrupt-timeout", count_of(settings.interrupt_timeout)},
      {"slow-request", count_of(settings.slow_request)},
      {"saturation-timeout", count_of(settings.saturation_timeout)},
      {"request-head-size", settings.request_head_size},
      {"response-head-size", settings.response_head_size},
      {"response-window", settings.response_window}};
  for (const auto& [name, value] : limits)
    if (value > 0) options.push_back(std::string(name) + "=" + std::to_string(value));
  if (settings.preload_size)
    options.push_back("preload-size=" + std::to_string(*settings.preload_size));
  if (settings.cpu_priority != 0)
    options.push_back("cpu-priority=" + std::to_string(settings.cpu_priority));
  if (settings.core_size_limit)
    options.push_back("core-size-limit=" + std::to_string(*settings.core_size_limit));
  if (!settings.switch_interval.empty())
    options.push_back("switch-interval=" + settings.switch_interval);
  if (!settings.preload.empty()) options.push_back("preload=" + settings.preload);
  if (settings.reload_on_changes) options.push_back("reload-on-changes=on");
  if (settings.retry_non_idempotent) options.push_back("retry-non-idempotent=on");
}

void add_development(std::vector<std::string>& options, const Plan& plan) {
  if (plan.settings.error_page == "development") options.emplace_back("error-page=development");
  for (const auto& [name, value] : {std::pair("debugger", plan.development.terminal),
                                    std::pair("profile", plan.development.profile_folder),
                                    std::pair("coverage", plan.development.coverage_folder)})
    if (!value.empty()) options.push_back(std::string(name) + "=" + value);
}

// key=value words of WarpDaemonProcess.
std::vector<std::string> daemon_options(const Plan& plan) {
  const Settings& settings = plan.settings;
  std::vector<std::string> options = {
      "processes=" + std::to_string(settings.processes),
      "threads=" + std::to_string(settings.threads),
      "home=" + working_directory_of(plan.project),
      "python-path=" + join(python_path_of(settings, plan.project), ":"),
  };
  if (!plan.project.python.home.empty())
    options.push_back("python-home=" + plan.project.python.home);
  if (plan.httpd_user) {
    options.push_back("user=" + plan.project.user.name);
    options.push_back("group=" + plan.project.user.group);
    if (!plan.settings.supplementary_groups.empty())
      options.push_back("supplementary-groups=" + plan.settings.supplementary_groups);
  }
  if (plan.locale_is_set) {
    options.push_back("lang=" + plan.locale);
    options.push_back("locale=" + plan.locale);
  }
  add_limits(options, settings);
  add_development(options, plan);
  for (const auto& [name, duration] : {std::pair("startup-timeout", settings.startup_timeout),
                                       std::pair("request-timeout", settings.request_timeout),
                                       std::pair("deadlock-timeout", settings.deadlock_timeout),
                                       std::pair("graceful-timeout", settings.graceful_timeout),
                                       std::pair("shutdown-timeout", settings.shutdown_timeout),
                                       std::pair("connect-timeout", settings.connect_timeout),
                                       std::pair("queue-timeout", settings.queue_timeout),
                                       std::pair("socket-timeout", settings.socket_timeout)})
    options.push_back(std::string(name) + "=" + seconds(duration));
  options.push_back("queue-limit=" + std::to_string(queue_limit_for(settings, plan.sizes)));
  return options;
}

std::string target_of(const Application& application) {
  return application.is_script ? application.target
                               : application.target + ":" + application.callable;
}

TemplateList setenv_values(const Settings& settings) {
  TemplateList list;
  for (const auto& [name, value] : settings.setenv)
    list.push_back({{{"name", name}, {"value", value}}});
  return list;
}

void add_sizes(TemplateValues& values, const Sizes& sizes) {
  values.named["prefork"] = sizes.mpm == Mpm::kPrefork;
  values.named["event"] = sizes.mpm == Mpm::kEvent;
  values.named["capacity"] = std::to_string(sizes.capacity);
  values.named["children"] = std::to_string(sizes.children);
  values.named["threads_per_child"] = std::to_string(sizes.threads_per_child);
  values.named["spare_threads"] = std::to_string(sizes.spare_threads);
  values.named["server_limit"] = std::to_string(sizes.server_limit);
  values.named["first_children"] = std::to_string(std::min(5U, sizes.children));
}

void add_application(TemplateValues& values, const Plan& plan) {
  const Application& application = plan.project.application;
  values.named["group_name"] = plan.group_name;
  values.named["daemon_options"] = words(daemon_options(plan));
  values.named["mount_point"] = plan.settings.mount_point;
  values.named["target"] = target_of(application);
  values.named["script_options"] =
      words(application.is_script && application.callable != "application"
                ? std::vector<std::string>{"callable-object=" + application.callable}
                : std::vector<std::string>{});
  values.named["libexec_directory"] = plan.installation.libexec_directory;
  values.named["warp_module"] = plan.installation.module;
  values.named["setenv"] = setenv_values(plan.settings);
}

// Without WarpTrustedProxies the module believes everybody.
void add_proxies(TemplateValues& values, const Settings& settings) {
  const auto& proxies = settings.trust_proxies;
  const bool has_headers = !settings.trust_proxy_headers.empty();
  const bool trusts_all = std::find(proxies.begin(), proxies.end(), "*") != proxies.end();
  values.named["has_trusted_headers"] = has_headers;
  values.named["trusted_headers"] = words(settings.trust_proxy_headers);
  values.named["has_trusted_proxies"] = has_headers && !proxies.empty() && !trusts_all;
  values.named["trusted_proxies"] = words(proxies);
}

void add_management(TemplateValues& values, const Plan& plan) {
  values.named["has_management"] = !plan.management.empty();
  values.named["management"] = words(plan.management);
  values.named["management_hosts"] = words(virtual_hosts_of(plan.management));
}

// The library leaves an empty line for each section that is not wanted. So none is kept, and there
// is one before each comment that starts a topic.
std::string laid_out(std::string_view text) {
  std::string result;
  bool after_comment = true;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    const bool is_comment = line.starts_with("#");
    if (is_comment && !after_comment) result += '\n';
    after_comment = is_comment;
    result.append(line).append("\n");
  }
  return result;
}

}  // namespace

TemplateValues httpd_conf_values(const Plan& plan) {
  const Settings& settings = plan.settings;
  TemplateValues values;
  values.named["server_root"] = plan.server_root;
  values.named["modules"] = module_values(plan);
  values.named["switches_user"] = plan.httpd_user.has_value();
  values.named["user"] = plan.httpd_user ? plan.httpd_user->name : std::string();
  values.named["group"] = plan.httpd_user ? plan.httpd_user->group : std::string();
  values.named["has_include_files"] = !settings.include_files.empty();
  values.named["include_files"] = words(settings.include_files);
  add_network(values, plan);
  add_sizes(values, plan.sizes);
  add_logs(values, plan);
  add_requests(values, plan);
  add_static_files(values, plan);
  add_application(values, plan);
  add_proxies(values, settings);
  add_others(values, plan);
  add_management(values, plan);
  return values;
}

Result<std::string> render_httpd_conf(const Plan& plan) {
  WARP_TRY(const std::string text, render_template(plan.installation.template_directory,
                                                   "httpd.conf", httpd_conf_values(plan)));
  return laid_out(text);
}

}  // namespace warp
