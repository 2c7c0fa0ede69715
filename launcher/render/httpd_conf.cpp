#include "launcher/render/httpd_conf.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/httpd.hpp"
#include "launcher/plan/management.hpp"
#include "launcher/plan/sizes.hpp"
#include "launcher/render/quote.hpp"
#include "launcher/render/template.hpp"

namespace warp {
namespace {

TemplateList words(const std::vector<std::string>& texts) {
  TemplateList list;
  for (const std::string& text : texts) list.push_back({{{"word", text}}});
  return list;
}

std::string seconds(std::chrono::seconds duration) { return std::to_string(duration.count()); }

TemplateList module_values(const Plan& plan) {
  TemplateList list;
  for (const LoadedModule& module : plan.modules)
    list.push_back({{{"symbol", module.symbol}, {"path", module.path}}});
  return list;
}

// httpd takes *, ? and [ in the name of a section for wild cards and knows no escape that works;
// such a name goes into the section's regular-expression form.
struct Section {
  std::string keyword;
  std::string name;
};

bool has_wild_cards(const std::string& name) {
  return name.find_first_of("*?[") != std::string::npos;
}

Section directory_section(std::string path) {
  if (path.ends_with("/")) path.pop_back();
  if (has_wild_cards(path)) return {"DirectoryMatch", "^" + regex_for(path) + "(/|$)"};
  return {"Directory", path};
}

Section files_section(const std::string& name) {
  if (has_wild_cards(name)) return {"FilesMatch", "^" + regex_for(name) + "$"};
  return {"Files", name};
}

std::string hidden_names_below(const std::string& url) {
  return "^" + regex_for(url) + (url.ends_with("/") ? "" : "/") + "(.*/)?\\.";
}

TemplateList static_values(const Plan& plan) {
  TemplateList list;
  for (const StaticFiles& entry : plan.static_files) {
    const Section folder =
        directory_section(entry.is_directory ? entry.path : parent_of(entry.path));
    const Section file = files_section(name_of(entry.path));
    list.push_back({{{"url", entry.url},
                     {"path", entry.path},
                     {"is_directory", entry.is_directory},
                     {"directory", folder.keyword},
                     {"folder", folder.name},
                     {"files", file.keyword},
                     {"file_name", file.name},
                     {"hidden", hidden_names_below(entry.url)}}});
  }
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
      {"cpu-priority", settings.cpu_priority},
      {"stack-size", settings.stack_size},
      {"virtual-memory-limit", settings.virtual_memory_limit},
      {"interrupt-timeout", count_of(settings.interrupt_timeout)},
      {"saturation-timeout", count_of(settings.saturation_timeout)}};
  for (const auto& [name, value] : limits)
    if (value > 0) options.push_back(std::string(name) + "=" + std::to_string(value));
  if (!settings.switch_interval.empty())
    options.push_back("switch-interval=" + settings.switch_interval);
  if (!settings.preload.empty()) options.push_back("preload=" + settings.preload);
  if (settings.reload_on_changes) options.push_back("reload-on-changes=on");
  if (settings.retry_non_idempotent) options.push_back("retry-non-idempotent=on");
}

// key=value words of WarpDaemonProcess.
std::vector<std::string> daemon_options(const Plan& plan) {
  const Settings& settings = plan.settings;
  std::vector<std::string> options = {
      "processes=" + std::to_string(settings.processes),
      "threads=" + std::to_string(settings.threads),
      "home=" + settings.project_directory,
      "python-path=" + join(python_path_of(settings), ":"),
  };
  if (!plan.project.python.home.empty())
    options.push_back("python-home=" + plan.project.python.home);
  if (plan.httpd_user) {
    options.push_back("user=" + plan.project.user.name);
    options.push_back("group=" + plan.project.user.group);
  }
  if (plan.locale_is_set) {
    options.push_back("lang=" + plan.locale);
    options.push_back("locale=" + plan.locale);
  }
  add_limits(options, settings);
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

void add_management(TemplateValues& values, const Plan& plan) {
  values.named["has_management"] = !plan.management.empty();
  values.named["management"] = words(plan.management);
  values.named["management_hosts"] = words(virtual_hosts_of(plan.management));
}

void add_logs(TemplateValues& values, const Logs& logs) {
  values.named["error_log"] = logs.error_log;
  values.named["log_level"] = logs.level;
  values.named["has_access_log"] = !logs.access_log.empty();
  values.named["access_log"] = logs.access_log;
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
  values.named["listen"] = words(plan.listen);
  values.named["server_name"] =
      (settings.server_name.empty() ? "localhost" : settings.server_name) + ":" +
      std::to_string(settings.port);
  values.named["switches_user"] = plan.httpd_user.has_value();
  values.named["user"] = plan.httpd_user ? plan.httpd_user->name : std::string();
  values.named["group"] = plan.httpd_user ? plan.httpd_user->group : std::string();
  values.named["timeout"] = seconds(settings.socket_timeout);
  values.named["graceful_timeout"] = seconds(settings.graceful_timeout);
  values.named["limit_request_body"] = std::to_string(settings.limit_request_body);
  values.named["has_reqtimeout"] = has_module(plan.httpd, "reqtimeout");
  values.named["has_mime_types"] = !plan.mime_types.empty();
  values.named["mime_types"] = plan.mime_types;
  values.named["has_static_files"] = !plan.static_files.empty();
  values.named["static_files"] = static_values(plan);
  values.named["has_include_files"] = !settings.include_files.empty();
  values.named["include_files"] = words(settings.include_files);
  add_sizes(values, plan.sizes);
  add_logs(values, plan.logs);
  add_application(values, plan);
  add_management(values, plan);
  return values;
}

Result<std::string> render_httpd_conf(const Plan& plan) {
  WARP_TRY(const std::string text, render_template(plan.installation.template_directory,
                                                   "httpd.conf", httpd_conf_values(plan)));
  return laid_out(text);
}

}  // namespace warp
