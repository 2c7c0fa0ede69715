#include "launcher/run/start_server.hpp"

#include <unistd.h>

#include "launcher/host/files.hpp"
#include "launcher/render/control_script.hpp"
#include "launcher/render/httpd_conf.hpp"
#include "launcher/run/collect_static.hpp"
#include "launcher/run/management_client.hpp"
#include "launcher/run/owned_folder.hpp"
#include "launcher/run/pid_file.hpp"
#include "launcher/run/readiness.hpp"
#include "launcher/run/run_httpd.hpp"
#include "launcher/run/services.hpp"
#include "launcher/run/stop_times.hpp"

namespace warp {
namespace {

std::vector<std::string> httpd_command(const Plan& plan) {
  return {plan.httpd.executable, "-d", plan.server_root, "-f", plan.server_root + "/httpd.conf"};
}

Result<> check_config(const Plan& plan, Host& host) {
  Command command{
      .arguments = httpd_command(plan), .environment = host.environment(), .directory = "/"};
  command.arguments.emplace_back("-t");
  WARP_TRY(const Finished finished, host.run(command));
  if (finished.status == 0) return {};
  return fail(Errc::kInvalidDirective, plan.httpd.executable +
                                           " refuses the configuration made from your settings"
                                           " and files:\n" +
                                           last_lines(finished.output, 10));
}

// Those that the user has named are the application's to make.
Result<> make_folders(const Plan& plan) {
  const Development& development = plan.development;
  for (const std::string& path : {development.profile_folder, development.coverage_folder})
    if (path.starts_with(plan.server_root + "/"))
      WARP_CHECK(make_owned_folder(path, plan.project.user));
  return {};
}

}  // namespace

Result<ServerRoot> set_up_server(const Plan& plan, Host& host) {
  const RootKind kind = plan.root_is_temporary ? RootKind::kTemporary : RootKind::kNamed;
  WARP_TRY(const std::string config, render_httpd_conf(plan));
  WARP_TRY(ServerRoot root, ServerRoot::open(plan.server_root, kind));
  root.call_logs({plan.settings.error_log_name, plan.settings.access_log_name});
  WARP_CHECK(collect_static(plan, host));
  WARP_CHECK(make_folders(plan));
  WARP_CHECK(root.write_config(config));
  WARP_CHECK(root.write_management_address(
      plan.management.empty() ? "" : address_for_clients(plan.management.front())));
  WARP_CHECK(check_config(plan, host));
  return root;
}

Result<> leave_server(const Plan& plan, ServerRoot root) {
  if (!plan.services.empty())
    return fail(Errc::kInvalidSetting,
                "--service-script: services are kept by start-server, and apachectl knows nothing "
                "of them; leave them out, and give each a unit of systemd's");
  WARP_TRY(const std::string script, render_control_script(plan));
  WARP_CHECK(root.write_control_script(script));
  root.keep();
  return {};
}

Result<> run_server(const Plan& plan, ServerRoot root, const Host& host) {
  WARP_TRY(const PidFile pid_file, PidFile::write(root.path()));
  const pid_t self = ::getpid();
  const bool has_terminal = ::isatty(STDIN_FILENO) != 0 || ::isatty(STDERR_FILENO) != 0;
  HttpdRun run{.arguments = httpd_command(plan),
               .environment = host.environment(),
               .error_log = plan.logs.error_log,
               .server_root = root.path(),
               .times = stop_times(plan.settings, default_shutdown_delay(self, has_terminal))};
  run.arguments.emplace_back("-DFOREGROUND");
  unmark_not_ready(root.path());
  root.keep();
  WARP_TRY(Services services, Services::start(plan, host));
  // After the requests, which may have given them something to do.
  run.after_httpd = [&services] { services.stop(); };
  auto ended = run_httpd(run);
  root.tidy();
  return ended;
}

}  // namespace warp
