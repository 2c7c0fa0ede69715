#include "mod_warp/config/process_group.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/python_home.hpp"
#include "mod_warp/child/child.hpp"
#include "mod_warp/config/resource_limits.hpp"
#include "mod_warp/parent/kept.hpp"
#include "mod_warp/parent/start.hpp"

namespace warp {
namespace {

constexpr const char* kSystemPrefix = "/usr";

std::string absolute(apr_pool_t* pool, const std::string& path) {
  const char* const made = ap_server_root_relative(pool, path.c_str());
  return made == nullptr ? path : made;
}

// The system's Python when there is a worker program for it, else the newest that there is.
Result<std::string> default_worker_program(const std::string& libexec_directory) {
  const std::vector<PythonVersion> versions = worker_versions(libexec_directory);
  if (versions.empty())
    return fail(Errc::kNotFound, "there is no warp-worker-X.Y in " + libexec_directory +
                                     "; install it there, or say where it is with "
                                     "WarpLibexecDirectory");
  const auto system = python_version_of(kSystemPrefix);
  const bool has_system = system && std::count(versions.begin(), versions.end(), *system) > 0;
  return worker_program(libexec_directory, has_system ? *system : versions.back());
}

Result<> set_python(const GroupPlan& plan, wire::GroupConfig& settings) {
  for (std::string& directory : settings.python_path) directory = absolute(plan.pool, directory);
  if (settings.python_home.empty()) {
    WARP_TRY(settings.worker_program, default_worker_program(plan.libexec_directory));
    return {};
  }
  settings.python_home = absolute(plan.pool, settings.python_home);
  WARP_TRY(const PythonVersion version, python_version_of(settings.python_home));
  WARP_TRY(settings.worker_program, worker_program(plan.libexec_directory, version));
  return {};
}

Result<> expect(const std::string& path, mode_t type, const std::string& what) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return fail_errno(what + " " + path);
  if ((status.st_mode & S_IFMT) != type)
    return fail(Errc::kNotFound,
                what + " " + path + (type == S_IFDIR ? " is not a directory" : " is not a file"));
  return {};
}

void apply(const ProcessSwitches& switches, wire::GroupConfig& settings) {
  settings.script_reloading = switches.script_reloading.value_or(settings.script_reloading);
  settings.restrict_stdin = switches.restrict_stdin.value_or(settings.restrict_stdin);
  settings.restrict_stdout = switches.restrict_stdout.value_or(settings.restrict_stdout);
  settings.restrict_signal = switches.restrict_signal.value_or(settings.restrict_signal);
}

std::string httpd_version() {
  ap_version_t version{};
  ap_get_server_revision(&version);
  return std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
         std::to_string(version.patch);
}

// Root may read everything and must not ask for what only the user can answer.
Result<> check_files(const ProcessGroup& group) {
  std::vector<NeededPath> needed;
  const wire::GroupConfig& settings = group.settings;
  if (settings.target_kind == wire::TargetKind::kScript)
    needed.push_back({settings.target, Access::kRead});
  for (const std::string& script : settings.import_scripts)
    needed.push_back({script, Access::kRead});
  if (!settings.home.empty()) {
    WARP_CHECK(expect(settings.home, S_IFDIR, "home="));
    needed.push_back({settings.home, Access::kEnter});
  }
  if (!settings.python_home.empty()) needed.push_back({settings.python_home, Access::kEnter});
  needed.push_back({settings.worker_program, Access::kEnter});
  return check_access(group.run_as, needed);
}

}  // namespace

Installation::Installation() = default;
Installation::~Installation() = default;

Result<> check_script(const std::string& path) { return expect(path, S_IFREG, "script"); }

Result<std::unique_ptr<ProcessGroup>> make_process_group(const GroupPlan& plan) {
  auto group = std::make_unique<ProcessGroup>();
  const core::GroupOptions& options = plan.directive.options;
  wire::GroupConfig& settings = group->settings;
  settings = core::config_of(options);
  settings.name = plan.directive.name;
  settings.target_kind = plan.application.target.kind;
  settings.target = plan.application.target.name;
  settings.callable = plan.callable;
  settings.import_scripts = plan.import_scripts;
  apply(plan.switches, settings);
  settings.log_level = plan.log_level;
  settings.httpd_version = httpd_version();
  if (!settings.home.empty()) settings.home = absolute(plan.pool, settings.home);
  group->limits = options.limits;
  group->queue = options.queue;
  WARP_CHECK(check_resource_limits(settings));
  WARP_TRY(group->run_as, resolve_run_as(options));
  settings.user_name = group->run_as.name;
  settings.user_home = group->run_as.home;
  WARP_CHECK(set_python(plan, settings));
  WARP_CHECK(check_files(*group));
  return group;
}

}  // namespace warp
