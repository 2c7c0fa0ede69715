#include "launcher/render/banner.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"
#include "launcher/plan/httpd.hpp"
#include "launcher/plan/management.hpp"
#include "launcher/settings/aliases.hpp"

namespace warp {
namespace {

std::string line(std::string_view label, std::string_view value) {
  return fmt::format("{:<23} : {}\n", label, value);
}

std::string capacity_of_application(const Settings& settings) {
  const auto plural = [](unsigned count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
  };
  std::string text = fmt::format("{} ({} * {})", settings.processes * settings.threads,
                                 plural(settings.processes, "process", "processes"),
                                 plural(settings.threads, "thread", "threads"));
  // A platform's variable is often nobody's decision.
  const auto origin = settings.origins.find("processes");
  if (origin != settings.origins.end() && is_alias(origin->second))
    text += ", processes by " + origin->second;
  return text;
}

std::string python_of(const Python& python) {
  return to_string(python.version) + " (" + (python.home.empty() ? "system" : python.home) + ")";
}

std::string application_of(const Application& application) {
  return application.target + ":" + application.callable + " (" + application.origin + ")";
}

std::string user_of(const Plan& plan) {
  const Account& user = plan.project.user;
  std::string text = user.name + ":" + user.group;
  if (plan.httpd_user && plan.httpd_user->uid != user.uid)
    text += " (httpd: " + plan.httpd_user->name + ":" + plan.httpd_user->group + ")";
  return text;
}

std::string lines_of_development(const Plan& plan) {
  std::string text;
  if (plan.settings.error_page == "development")
    text += line("Error Page", "development: whoever reaches the server sees tracebacks");
  for (const auto& [label, value] :
       {std::pair("Debugger", plan.development.terminal),
        std::pair("Profiler Output", plan.development.profile_folder),
        std::pair("Coverage Output", plan.development.coverage_folder)})
    if (!value.empty()) text += line(label, value);
  return text;
}

}  // namespace

std::string banner(const Plan& plan) {
  const Settings& settings = plan.settings;
  std::string text = line("Server URL", plan.url);
  if (!plan.https_url.empty()) text += line("Server URL (HTTPS)", plan.https_url);
  if (settings.server_status) text += line("Server Status", plan.url + "server-status");
  if (!plan.management.empty())
    text += line("Management", join(virtual_hosts_of(plan.management), " ") +
                                   " (livez, readyz, startupz, metrics, status)");
  text += line("Server Root", plan.server_root);
  text += line("Server Conf", plan.server_root + "/httpd.conf");
  text += line("Error Log File", plan.logs.error_log + " (" + settings.log_level + ")");
  if (!plan.logs.access_log.empty()) text += line("Access Log File", plan.logs.access_log);
  text += line("Application", application_of(plan.project.application));
  text += line("Python", python_of(plan.project.python));
  if (!plan.document_root.empty()) text += line("Document Root", plan.document_root);
  for (const StaticFiles& files : plan.static_files)
    text += line("Static Files", files.url + " -> " + files.path);
  for (const Service& service : plan.services)
    text += line("Service", service.name + ": " + service.script + " (" + service.user.name + ")" +
                                (service.log_file.empty() ? "" : ", log " + service.log_file));
  text += line("User", user_of(plan));
  text += line("Operating Mode", settings.debug_mode ? "debug" : "daemon");
  text += lines_of_development(plan);
  text += line("Request Capacity", capacity_of_application(settings));
  if (!plan.sizing.empty()) text += line("Sizing", plan.sizing);
  text += line("Request Timeout", fmt::format("{} (seconds)", settings.request_timeout.count()));
  text += line("Startup Timeout", fmt::format("{} (seconds)", settings.startup_timeout.count()));
  text += line("Server Capacity",
               fmt::format("{} ({})", plan.sizes.capacity, mpm_name(plan.sizes.mpm)));
  text += line("Server Backlog", fmt::format("{} (connections)", settings.server_backlog));
  return text + line("Locale Setting", plan.locale);
}

std::string banner_of_control_script(const Plan& plan) {
  return line("Control Script", plan.server_root + "/apachectl");
}

}  // namespace warp
