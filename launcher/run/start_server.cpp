#include "launcher/run/start_server.hpp"

#include "launcher/host/files.hpp"
#include "launcher/render/httpd_conf.hpp"
#include "launcher/run/collect_static.hpp"
#include "launcher/run/run_httpd.hpp"

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

}  // namespace

Result<ServerRoot> set_up_server(const Plan& plan, Host& host) {
  const RootKind kind = plan.root_is_temporary ? RootKind::kTemporary : RootKind::kNamed;
  WARP_TRY(const std::string config, render_httpd_conf(plan));
  WARP_TRY(ServerRoot root, ServerRoot::open(plan.server_root, kind));
  WARP_CHECK(collect_static(plan, host));
  WARP_CHECK(root.write_config(config));
  WARP_CHECK(check_config(plan, host));
  return root;
}

Result<> run_server(const Plan& plan, ServerRoot root, const Host& host) {
  HttpdRun run{.arguments = httpd_command(plan),
               .environment = host.environment(),
               .error_log = plan.logs.error_log,
               .graceful_timeout = plan.settings.graceful_timeout,
               .shutdown_timeout = plan.settings.shutdown_timeout};
  run.arguments.emplace_back("-DFOREGROUND");
  root.keep();
  auto ended = run_httpd(run);
  root.tidy();
  return ended;
}

}  // namespace warp
