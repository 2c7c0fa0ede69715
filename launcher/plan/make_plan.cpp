#include "launcher/plan/make_plan.hpp"

#include "launcher/host/files.hpp"
#include "launcher/plan/default_root.hpp"
#include "launcher/plan/development.hpp"
#include "launcher/plan/httpd.hpp"
#include "launcher/plan/httpd_user.hpp"
#include "launcher/plan/listen.hpp"
#include "launcher/plan/logs.hpp"
#include "launcher/plan/management.hpp"
#include "launcher/plan/modules.hpp"
#include "launcher/plan/process_count.hpp"
#include "launcher/plan/services.hpp"
#include "launcher/plan/sizes.hpp"
#include "launcher/plan/static_files.hpp"
#include "launcher/plan/virtual_hosts.hpp"

namespace warp {
namespace {

constexpr auto kSystemMimeTypes = "/etc/mime.types";
constexpr auto kPlainLocale = "C.UTF-8";

// All that its children must be able to read.
std::vector<StaticFiles> files_of_httpd(const Plan& plan) {
  std::vector<StaticFiles> files = plan.static_files;
  if (!plan.document_root.empty()) files.push_back({.url = "/", .path = plan.document_root});
  const std::string& users = plan.settings.auth_user_file;
  if (!users.empty()) files.push_back({.url = {}, .path = users, .is_directory = false});
  return files;
}

void plan_locale(Plan& plan, const Environment& environment) {
  plan.locale = locale_of(environment);
  plan.locale_is_set = plan.locale.empty() || plan.locale == "C" || plan.locale == "POSIX";
  if (plan.locale_is_set) plan.locale = kPlainLocale;
}

Result<> plan_addresses(Plan& plan) {
  const Settings& settings = plan.settings;
  WARP_TRY(ListenPlan listen, plan_listen(settings.host, settings.port));
  plan.listen = std::move(listen.listen);
  plan.url = std::move(listen.url);
  if (settings.https_port > 0) {
    WARP_TRY(ListenPlan https, plan_listen(settings.host, settings.https_port, Scheme::kHttps));
    plan.listen.insert(plan.listen.end(), https.listen.begin(), https.listen.end());
    plan.https_url = std::move(https.url);
  }
  plan.virtual_hosts = plan_virtual_hosts(settings);
  if (settings.server_name.empty()) return {};
  // The address itself is a name that nobody is served by.
  plan.url = url_of(Scheme::kHttp, settings.server_name, settings.port);
  if (settings.https_port > 0)
    plan.https_url = url_of(Scheme::kHttps, settings.server_name, settings.https_port);
  return {};
}

void plan_processes(Plan& plan, const Granted& granted, Host& host) {
  if (plan.settings.processes > 0) {
    const std::string doubt = doubt_about(plan.settings.processes, granted);
    if (!doubt.empty()) host.warn(doubt);
    return;
  }
  ProcessCount count = count_processes(granted);
  plan.settings.processes = count.processes;
  plan.sizing = std::move(count.reckoning);
}

void plan_httpd_sizes(Plan& plan, Mpm mpm, const Granted& granted, Host& host) {
  plan.sizes = plan_sizes(plan.settings, mpm, granted.tasks);
  const std::string doubt = doubt_about_tasks(plan.settings, plan.sizes, granted);
  if (!doubt.empty()) host.warn(doubt);
}

Result<> plan_server(Plan& plan, Host& host) {
  const Settings& settings = plan.settings;
  WARP_TRY(plan.httpd, find_httpd(settings, host));
  WARP_TRY(const Mpm mpm, choose_mpm(settings.server_mpm, plan.httpd));
  const Granted granted = host.granted();
  plan_processes(plan, granted, host);
  plan_httpd_sizes(plan, mpm, granted, host);
  WARP_TRY(plan.management, plan_management(settings));
  return plan_addresses(plan);
}

}  // namespace

Result<> check_is_served(const Application& application) {
  const std::string otherwise =
      "; name a WSGI application instead: start-server path/to/script.py, or "
      "package.module:callable";
  switch (application.kind) {
    case ApplicationKind::kWsgi:
    case ApplicationKind::kPaste:
      return {};
    case ApplicationKind::kShellScript:
      return fail(
          Errc::kInvalidSetting,
          "the project is " + application.target +
              ", a script that starts a server of its own, which httpd's module does not "
              "serve; start-server gives its place to it unless --server-type names another" +
              otherwise);
    case ApplicationKind::kPythonScript:
      return fail(
          Errc::kInvalidSetting,
          "the project is " + application.target +
              ", a script that listens on $PORT by itself, which httpd's module does not "
              "serve; start-server gives its place to it unless --server-type names another" +
              otherwise);
  }
  return {};
}

std::string group_name_for(const std::string& project_directory) {
  constexpr std::size_t kLongest = 32;
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
  std::string name = name_of(project_directory).substr(0, kLongest);
  for (char& c : name)
    if (kAllowed.find(c) == std::string_view::npos) c = '-';
  return name.empty() ? "warpdrive" : name;
}

std::string locale_of(const Environment& environment) {
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (std::string value = variable(environment, name); !value.empty()) return value;
  return {};
}

Result<Plan> make_plan(const Settings& settings, const Project& project,
                       const Installation& installation, Host& host) {
  WARP_CHECK(check_is_served(project.application));
  Plan plan;
  plan.settings = settings;
  plan.project = project;
  plan.installation = installation;
  plan.group_name = group_name_for(project.directory);
  plan.root_is_temporary = settings.server_root.empty();
  plan.server_root = settings.server_root;
  if (plan.root_is_temporary) plan.server_root = default_server_root(settings, host);
  WARP_CHECK(plan_server(plan, host));
  StaticPlan files = plan_static_files(settings, project, plan.server_root, host);
  plan.static_files = std::move(files.files);
  plan.collect_into = std::move(files.collect_into);
  if (!settings.document_root.empty()) plan.document_root = resolved(settings.document_root);
  WARP_TRY(plan.httpd_user, choose_httpd_user(project, files_of_httpd(plan), host));
  WARP_TRY(plan.modules, load_modules(plan.httpd, needed_modules(plan)));
  plan.mime_types = settings.mime_types;
  if (plan.mime_types.empty() && is_file(kSystemMimeTypes)) plan.mime_types = kSystemMimeTypes;
  WARP_TRY(plan.logs, plan_logs(settings, plan.server_root, installation, host.environment()));
  WARP_TRY(plan.development, plan_development(plan));
  WARP_TRY(plan.services, plan_services(plan, host));
  plan_locale(plan, host.environment());
  return plan;
}

}  // namespace warp
