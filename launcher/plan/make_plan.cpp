#include "launcher/plan/make_plan.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/unique_fd.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/default_root.hpp"
#include "launcher/plan/httpd.hpp"
#include "launcher/plan/httpd_user.hpp"
#include "launcher/plan/listen.hpp"
#include "launcher/plan/management.hpp"
#include "launcher/plan/sizes.hpp"
#include "launcher/plan/static_files.hpp"

namespace warp {
namespace {

constexpr auto kSystemMimeTypes = "/etc/mime.types";
constexpr auto kPlainLocale = "C.UTF-8";

std::vector<std::string> needed_modules(const Plan& plan) {
  std::vector<std::string> names = {
      "mpm_" + mpm_name(plan.sizes.mpm), "unixd", "authz_core", "log_config", "mime", "alias"};
  if (!plan.settings.setenv.empty()) names.emplace_back("env");
  if (has_module(plan.httpd, "reqtimeout")) names.emplace_back("reqtimeout");
  return names;
}

// A socket can't be opened by its name in /proc, nor a terminal of another user; a pipe to cat
// always can.
std::string terminal_log(const char* device) {
  const UniqueFd fd(::open(device, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC));
  return fd ? device : "|/bin/cat";
}

Logs plan_logs(const Settings& settings, const std::string& server_root) {
  const std::string directory =
      settings.log_directory.empty() ? server_root : settings.log_directory;
  Logs logs{.error_log = directory + "/error_log",
            .access_log = directory + "/access_log",
            .level = log_level_arguments(settings.log_level)};
  if (settings.log_to_terminal) {
    logs.error_log = terminal_log("/dev/stderr");
    logs.access_log = terminal_log("/dev/stdout");
  }
  if (!settings.access_log) logs.access_log.clear();
  return logs;
}

Result<> check_log_directory(const Settings& settings) {
  const std::string& directory = settings.log_directory;
  if (directory.empty() || settings.log_to_terminal) return {};
  if (!is_directory(directory))
    return fail(Errc::kNotFound, "--log-directory " + directory + ": no such folder");
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    return fail(Errc::kNoPermission,
                "--log-directory " + directory + ": this user may not write there");
  return {};
}

void plan_locale(Plan& plan, const Environment& environment) {
  plan.locale = locale_of(environment);
  plan.locale_is_set = plan.locale.empty() || plan.locale == "C" || plan.locale == "POSIX";
  if (plan.locale_is_set) plan.locale = kPlainLocale;
}

Result<> plan_server(Plan& plan, Host& host) {
  const Settings& settings = plan.settings;
  WARP_TRY(plan.httpd, find_httpd(settings, host));
  WARP_TRY(const Mpm mpm, choose_mpm(settings.server_mpm, plan.httpd));
  plan.sizes = plan_sizes(settings, mpm);
  WARP_TRY(ListenPlan listen, plan_listen(settings.host, settings.port));
  plan.listen = std::move(listen.listen);
  plan.url = std::move(listen.url);
  WARP_TRY(plan.management, plan_management(settings));
  return {};
}

}  // namespace

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

std::string log_level_arguments(const std::string& level) {
  return level == "warn" || level == "notice" ? level + " warp:info" : level;
}

Result<Plan> make_plan(const Settings& settings, const Project& project,
                       const Installation& installation, Host& host) {
  Plan plan;
  plan.settings = settings;
  plan.project = project;
  plan.installation = installation;
  plan.group_name = group_name_for(project.directory);
  plan.root_is_temporary = settings.server_root.empty();
  plan.server_root = settings.server_root;
  if (plan.root_is_temporary) plan.server_root = default_server_root(settings, host);
  WARP_CHECK(check_log_directory(settings));
  WARP_CHECK(plan_server(plan, host));
  StaticPlan files = plan_static_files(settings, project, plan.server_root, host);
  plan.static_files = std::move(files.files);
  plan.collect_into = std::move(files.collect_into);
  WARP_TRY(plan.httpd_user, choose_httpd_user(project, plan.static_files, host));
  WARP_TRY(plan.modules, load_modules(plan.httpd, needed_modules(plan)));
  plan.mime_types = settings.mime_types;
  if (plan.mime_types.empty() && is_file(kSystemMimeTypes)) plan.mime_types = kSystemMimeTypes;
  plan.logs = plan_logs(settings, plan.server_root);
  plan_locale(plan, host.environment());
  return plan;
}

}  // namespace warp
