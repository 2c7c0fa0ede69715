// warpdrive-express: finds out what a project is, writes an httpd.conf for it, and runs httpd; and
// the commands for a server that runs.
#include <unistd.h>

#include <cstdio>
#include <exception>

#include "base/strings.hpp"
#include "launcher/convert/convert.hpp"
#include "launcher/deploy/chosen_server.hpp"
#include "launcher/deploy/server_command.hpp"
#include "launcher/detect/detect_project.hpp"
#include "launcher/doctor/examine.hpp"
#include "launcher/doctor/report.hpp"
#include "launcher/explain/inquire.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/host/linux_host.hpp"
#include "launcher/operate/operate.hpp"
#include "launcher/operate/terminal.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/plan/make_plan.hpp"
#include "launcher/plan/project_settings.hpp"
#include "launcher/render/banner.hpp"
#include "launcher/render/service_unit.hpp"
#include "launcher/run/start_server.hpp"
#include "launcher/settings/command_line.hpp"
#include "launcher/settings/read_settings.hpp"
#include "launcher/system/module_files.hpp"

namespace warp {
namespace {

void print(const std::string& text) {
  static_cast<void>(std::fputs(text.c_str(), stdout));
  static_cast<void>(std::fflush(stdout));
}

Result<> give_way(const Command& server, const Settings& said, Task task, Host& host) {
  const std::string shown = shown_command(server.arguments, server.arguments);
  if (task != Task::kStartServer)
    return fail(Errc::kInvalidSetting,
                "setup-server sets up httpd, and this project has another server (" + shown +
                    "); start it with start-server");
  WARP_CHECK(check_for_other_server(said, shown));
  print("Server : " + shown + "\n");
  return tl::unexpected(replace_process(server, host.stop_signals()));
}

Result<> run_express(const CommandLine& line, Host& host) {
  WARP_TRY(const Settings said, read_settings(line.given, host, line.problems));
  WARP_TRY(const Installation installation, find_installation());
  WARP_TRY(const auto script, script_server(said, installation, host));
  if (script) return give_way(*script, said, line.task, host);
  WARP_TRY(const Project project, detect_project(said, host, installation.libexec_directory));
  WARP_TRY(const Settings settings, settings_for(said, project));
  WARP_TRY(const auto other, other_server(settings, project, installation, host));
  if (other) return give_way(*other, said, line.task, host);
  WARP_TRY(const Plan plan, make_plan(settings, project, installation, host));
  WARP_TRY(ServerRoot root, set_up_server(plan, host));
  print(banner(plan));
  if (line.task == Task::kStartServer) return run_server(plan, std::move(root), host);
  WARP_CHECK(leave_server(plan, std::move(root)));
  print(banner_of_control_script(plan));
  return {};
}

Result<std::string> systemd_unit(const CommandLine& line, Host& host) {
  WARP_TRY(const Settings settings, read_settings(line.given, host, line.problems));
  WARP_TRY(const Installation installation, find_installation());
  return render_service_unit({.settings = settings,
                              .given = line.given,
                              .installation = installation,
                              .user = host.current_user(),
                              .current_directory = host.current_directory()});
}

Result<std::string> answer_about_module(const CommandLine& line) {
  WARP_TRY(const Installation installation, find_installation());
  if (line.task == Task::kModuleConfig) return module_config(installation);
  if (line.task == Task::kInstallModule) return install_module(installation, line.directory);
  return installation.module + "\n";
}

Result<std::string> answer(const CommandLine& line, Host& host) {
  switch (line.task) {
    case Task::kShowConfig:
    case Task::kExplain:
      return inquire(line, host);
    case Task::kOperate:
      return operate(line.operation, line.given, host);
    case Task::kConvert:
      return convert_file(line.file, host);
    case Task::kSystemdUnit:
      return systemd_unit(line, host);
    case Task::kModuleConfig:
    case Task::kModuleLocation:
    case Task::kInstallModule:
      return answer_about_module(line);
    default:
      return line.text;
  }
}

// Gives the exit status.
Result<int> examine_and_print(const CommandLine& line, Host& host) {
  WARP_TRY(const Findings findings, examine(line, host));
  print(line.is_json ? findings_json(findings) : findings_text(findings));
  return has_problem(findings) ? 1 : 0;
}

Result<int> carry_out(const CommandLine& line, Host& host) {
  if (line.task == Task::kDoctor) return examine_and_print(line, host);
  if (line.task == Task::kStartServer || line.task == Task::kSetupServer) {
    WARP_CHECK(run_express(line, host));
    return 0;
  }
  WARP_TRY(const std::string text, answer(line, host));
  print(text);
  return 0;
}

int exit_status(Errc code) {
  if (code == Errc::kClosed) return 0;  // a stop that was asked for
  return code == Errc::kUsage || code == Errc::kUnknownSetting || code == Errc::kInvalidSetting ? 2
                                                                                                : 1;
}

int report(const Error& error) {
  const std::string text = describe(error);
  for (const std::string_view line : split(text, '\n'))
    static_cast<void>(std::fprintf(stderr, "warpdrive-express: %s\n", printable(line).c_str()));
  return exit_status(error.code);
}

int run(int argc, char** argv) {
  // Taken from the first moment on, so that Ctrl-C during the start leaves nothing behind.
  auto stop_signals = StopSignals::take_over();
  if (!stop_signals) return report(stop_signals.error());
  LinuxHost host(*std::move(stop_signals));
  const std::size_t columns = ::isatty(STDOUT_FILENO) != 0 ? Terminal::size().columns : 0;
  const auto line = read_command_line(argc, argv, host.current_directory(), columns);
  if (!line) return report(line.error());
  const auto done = carry_out(*line, host);
  return done ? *done : report(done.error());
}

}  // namespace
}  // namespace warp

int main(int argc, char** argv) {
  try {
    return warp::run(argc, argv);
  } catch (const std::exception& bug) {
    return warp::report({warp::Errc::kInternal, std::string("bug: ") + bug.what()});
  }
}
