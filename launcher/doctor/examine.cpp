#include "launcher/doctor/examine.hpp"

#include <sys/stat.h>

#include "base/strings.hpp"
#include "launcher/detect/detect_project.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/doctor/capacity.hpp"
#include "launcher/doctor/noting_host.hpp"
#include "launcher/doctor/production.hpp"
#include "launcher/doctor/times.hpp"
#include "launcher/plan/default_root.hpp"
#include "launcher/plan/httpd.hpp"
#include "launcher/plan/httpd_user.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/plan/listen.hpp"
#include "launcher/plan/logs.hpp"
#include "launcher/plan/make_plan.hpp"
#include "launcher/plan/management.hpp"
#include "launcher/plan/modules.hpp"
#include "launcher/plan/process_count.hpp"
#include "launcher/plan/project_settings.hpp"
#include "launcher/plan/sizes.hpp"
#include "launcher/plan/static_files.hpp"
#include "launcher/run/server_root.hpp"
#include "launcher/settings/read_settings.hpp"

namespace warp {
namespace {

bool others_can_write(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && (facts.st_mode & S_IWOTH) != 0;
}

// A container can't see its pod's period.
GracePeriod grace_period_of(const CommandLine& line) {
  if (line.grace_period) return {.length = *line.grace_period, .is_certain = true};
  return {};
}

class Examination final {
 public:
  Examination(const CommandLine& line, Host& host) : line_(line), host_(host) {}

  Result<Findings> run() {
    if (auto settings = read_settings(line_.given, host_, line_.problems)) {
      plan_.settings = *std::move(settings);
      well("settings", "nothing is wrong with flags, variables and files");
      examine_all();
    } else {
      each_problem("settings", settings.error());
    }
    if (stop_) return tl::unexpected(*stop_);
    return std::move(findings_);
  }

 private:
  void examine_all() {
    const auto installation = find_installation();
    if (!installation) return problem("installation", installation.error());
    plan_.installation = *installation;
    examine_python();
    plan_.server_root = plan_.settings.server_root.empty()
                            ? default_server_root(plan_.settings, host_)
                            : plan_.settings.server_root;
    examine_folders();
    examine_httpd();
    examine_addresses();
    add(examine_times(plan_.settings, grace_period_of(line_)));
    examine_sizes();
    add(examine_error_page(plan_.settings));
    if (plan_.project.django)
      add(examine_django(*plan_.project.django, plan_.settings.reload_on_changes));
  }

  void examine_python() {
    const std::string& programs = plan_.installation.libexec_directory;
    const auto python = find_python(plan_.settings, host_.environment(), programs);
    if (!python) return problem("python", python.error());
    examine_project();
    const Python& taken = plan_.project.python.executable.empty() ? *python : plan_.project.python;
    const auto worker = worker_program(programs, taken.version);
    if (!worker) return problem("python", worker.error());
    well("python", to_string(taken.version) + " (" + (taken.home.empty() ? "system" : taken.home) +
                       "), served by " + *worker);
  }

  void examine_project() {
    auto project = detect_project(plan_.settings, host_, plan_.installation.libexec_directory);
    if (!project) return problem("project", project.error());
    plan_.project = *std::move(project);
    auto settings = settings_for(plan_.settings, plan_.project);
    if (!settings) return problem("project", settings.error());
    plan_.settings = *std::move(settings);
    const Application& application = plan_.project.application;
    if (const auto served = check_is_served(application); !served) {
      findings_.push_back({Verdict::kWarning, "project", served.error().detail});
      return;
    }
    well("project", application.target + ":" + application.callable + " (" + application.origin +
                        "), read by " + plan_.project.user.name);
  }

  void examine_folders() {
    const std::string& folder = plan_.settings.project_directory;
    if (others_can_write(folder))
      findings_.push_back({Verdict::kWarning, "permissions",
                           "every user of this machine can write to " + folder +
                               ", and so have code run by the server; chmod o-w " + folder});
    if (const auto usable = inspect_server_root(plan_.server_root); !usable)
      return problem("server-root", usable.error());
    well("server-root", plan_.server_root);
  }

  void examine_httpd() {
    auto httpd = find_httpd(plan_.settings, host_);
    if (!httpd) return problem("httpd", httpd.error());
    plan_.httpd = *std::move(httpd);
    const auto mpm = choose_mpm(plan_.settings.server_mpm, plan_.httpd);
    if (!mpm) return problem("httpd", mpm.error());
    plan_.sizes.mpm = *mpm;
    well("httpd", plan_.httpd.executable + " with MPM " + mpm_name(*mpm));
    plan_.static_files =
        plan_static_files(plan_.settings, plan_.project, plan_.server_root, host_).files;
    warnings("static-files");
    const std::vector<std::string> names = needed_modules(plan_);
    const auto modules = load_modules(plan_.httpd, names);
    if (!modules) return problem("modules", modules.error());
    well("modules", join(names, ", "));
    examine_httpd_user();
  }

  void examine_httpd_user() {
    if (plan_.project.directory.empty()) return;
    const auto user = choose_httpd_user(plan_.project, plan_.static_files, host_);
    if (!user) return problem("httpd-user", user.error());
    well("httpd-user", *user ? (*user)->name : host_.current_user().name);
    const auto logs =
        plan_logs(plan_.settings, plan_.server_root, plan_.installation, host_.environment());
    if (!logs) return problem("logs", logs.error());
    well("logs", "can be written");
  }

  void examine_addresses() {
    const Settings& settings = plan_.settings;
    examine_address("port", plan_listen(settings.host, settings.port));
    if (settings.https_port > 0)
      examine_address("https-port",
                      plan_listen(settings.host, settings.https_port, Scheme::kHttps));
    if (settings.management_port == 0) return;
    const auto management = plan_management(settings);
    if (!management) return problem("management-port", management.error());
    well("management-port", join(*management, ", ") + " can be listened on");
  }

  void examine_address(const std::string& check, const Result<ListenPlan>& plan) {
    if (!plan) return problem(check, plan.error());
    well(check, join(plan->listen, ", ") + " can be listened on");
  }

  void examine_sizes() {
    const Granted granted = host_.granted();
    add(examine_capacity(plan_.settings, granted));
    Settings counted = plan_.settings;
    if (counted.processes == 0) counted.processes = count_processes(granted).processes;
    const Sizes sizes = plan_sizes(counted, plan_.sizes.mpm, granted.tasks);
    if (std::string doubt = doubt_about_tasks(counted, sizes, granted); !doubt.empty())
      findings_.push_back({Verdict::kWarning, "tasks", std::move(doubt)});
  }

  void add(const Findings& findings) {
    findings_.insert(findings_.end(), findings.begin(), findings.end());
  }

  void warnings(const std::string& check) {
    for (std::string& warning : host_.take_warnings())
      findings_.push_back({Verdict::kWarning, check, std::move(warning)});
  }

  void well(const std::string& check, const std::string& text) {
    findings_.push_back({Verdict::kOk, check, text});
    warnings(check);
  }

  void problem(const std::string& check, const Error& error) {
    if (error.code == Errc::kClosed) stop_ = error;
    findings_.push_back({Verdict::kProblem, check, describe(error)});
    warnings(check);
  }

  // All that is wrong with settings comes as one error, a line each.
  void each_problem(const std::string& check, const Error& error) {
    const std::string text = describe(error);
    for (const std::string_view line : split(text, '\n'))
      findings_.push_back({Verdict::kProblem, check, std::string(line)});
    warnings(check);
  }

  const CommandLine& line_;
  NotingHost host_;
  Plan plan_;
  Findings findings_;
  std::optional<Error> stop_;
};

}  // namespace

Result<Findings> examine(const CommandLine& line, Host& host) {
  return Examination(line, host).run();
}

}  // namespace warp
