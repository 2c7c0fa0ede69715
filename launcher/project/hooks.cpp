#include "launcher/project/hooks.hpp"

#include "launcher/host/files.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/project/environment_file.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kLongestAnswer{60};

Command command_for(const Workspace& workspace, const std::string& hook) {
  return {.arguments = {hook},
          .environment = workspace.variables,
          .directory = workspace.source,
          .time_limit = kLongestAnswer};
}

tl::unexpected<Error> failed(std::string_view name, const std::string& path, int status) {
  return fail(Errc::kApplication, "the hook " + std::string(name) + " failed with status " +
                                      std::to_string(status) + ": " + path);
}

// The system says only "Exec format error" for a script without its first line.
tl::unexpected<Error> not_started(const Error& error) {
  if (error.code == Errc::kClosed) return tl::unexpected(error);
  return fail(error.code,
              error.detail + "; a hook that is a script begins with #!/bin/sh or its like");
}

}  // namespace

std::string find_hook(const Workspace& workspace, std::string_view name, Host& host) {
  std::string path = workspace.note("action_hooks/" + std::string(name));
  if (!is_file(path)) return {};
  if (is_executable(path)) return path;
  host.warn("the hook " + path + " is not executable, so it is left out; chmod +x makes it one");
  return {};
}

Result<> run_hook(const Workspace& workspace, std::string_view name, Host& host) {
  const std::string path = find_hook(workspace, name, host);
  if (path.empty()) return {};
  print_step("Running the hook " + std::string(name));
  const auto status = run_in_foreground(command_for(workspace, path), host.stop_signals());
  if (!status) return not_started(status.error());
  if (*status != 0) return failed(name, path, *status);
  return {};
}

Result<> add_variables_of_hook(Workspace& workspace, std::string_view name, Host& host) {
  const std::string path = find_hook(workspace, name, host);
  if (path.empty()) return {};
  const auto finished = run_for_output(command_for(workspace, path), host.stop_signals());
  if (!finished) return not_started(finished.error());
  if (finished->timed_out)
    return fail(Errc::kTimeout, "the hook " + path +
                                    " did not end within 60 s; it is only there "
                                    "to print variables");
  if (finished->status != 0) return failed(name, path, finished->status);
  WARP_TRY(const Environment printed,
           parse_environment("output of the hook " + std::string(name), finished->output));
  for (const auto& [variable, value] : printed) workspace.variables[variable] = value;
  return {};
}

}  // namespace warp
