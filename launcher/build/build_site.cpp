#include "launcher/build/build_site.hpp"

#include "launcher/detect/python.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/settings/read_settings.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kLongestScript{600};
constexpr std::size_t kShownLines = 12;

}  // namespace

Result<BuildSite> open_build_site(const Workspace& workspace, Host& host) {
  WorkspaceHost there(host, workspace);
  BuildSite site{.workspace = workspace};
  WARP_TRY(site.settings, read_settings({}, there));
  WARP_TRY(const Installation installation, find_installation());
  WARP_TRY(site.python,
           find_python(site.settings, workspace.variables, installation.libexec_directory));
  if (site.python.home.empty())
    return fail(Errc::kNotFound,
                "there is no virtual environment to install into; enter one: eval \"$(warpdrive "
                "activate NAME)\", or make one in the project: python3 -m venv .venv");
  site.state = state_folder(workspace, site.python.home);
  return site;
}

Result<std::string> run_build_script(const BuildSite& site, std::string_view script,
                                     const std::vector<std::string>& arguments,
                                     const std::string& purpose, Host& host) {
  Command command{.arguments = {site.python.executable, "-I", "-c", std::string(script)},
                  .environment = site.workspace.variables,
                  .directory = site.workspace.source,
                  .time_limit = kLongestScript};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  WARP_TRY(Finished finished, host.run(command));
  if (finished.status == 0 && !finished.timed_out) return std::move(finished.answer);
  return fail(Errc::kPython, purpose + (finished.timed_out ? ": it took too long; " : ": ") +
                                 last_lines(finished.output, kShownLines));
}

}  // namespace warp
