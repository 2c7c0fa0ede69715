#include "launcher/build/build.hpp"

#include "base/strings.hpp"
#include "launcher/build/build_scripts.hpp"
#include "launcher/build/build_site.hpp"
#include "launcher/build/install.hpp"
#include "launcher/build/static_step.hpp"
#include "launcher/deploy/deploy_mode.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/json.hpp"
#include "launcher/project/hooks.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

// Asks the project's files; an error when they want another Python.
Result<bool> check_wishes(const BuildSite& site, Host& host) {
  WARP_TRY(const std::string answer,
           run_build_script(site, kAskProjectScript, {site.workspace.source},
                            "read what " + site.workspace.source + " wants", host));
  const Json wishes = parse_json(answer);
  std::vector<std::string> sentences;
  if (const Json* const list = member_of(wishes, "disagreements"); list != nullptr)
    for (const Json& each : *list) sentences.push_back(each.get<std::string>());
  if (sentences.empty()) return is_true(wishes, "installable");
  return fail(Errc::kPythonVersion,
              join(sentences, ", ") + ", and " + site.python.home + " has Python " +
                  text_of(wishes, "version") +
                  "; enter an environment with another: eval \"$(warpdrive activate NAME --python "
                  "X.Y)\", or change the file");
}

Result<Dependencies> dependencies_of(const Arguments& arguments, const BuildSite& site,
                                     Host& host) {
  WARP_TRY(const bool is_installable, check_wishes(site, host));
  WARP_TRY(const std::string word,
           chosen({"dependencies", "WARPDRIVE_DEPENDENCIES", "dependencies"}, arguments,
                  site.workspace));
  return find_dependencies(site.workspace.source, is_installable, word);
}

Result<> compile_project(const BuildSite& site, Host& host) {
  const StepTimer timer("Compiling the project's Python files");
  WARP_TRY(const std::string failed,
           run_build_script(site, kCompileProjectScript, {site.workspace.source},
                            "compile the files of " + site.workspace.source, host));
  for (const std::string_view path : split(failed, '\n'))
    if (!path.empty())
      host.warn(printable(path) +
                " is no Python that can be compiled; it matters if it is imported");
  timer.done();
  return {};
}

Result<BuildSite> open_site(const Arguments& arguments, const Workspace& workspace, Host& host) {
  WARP_TRY(BuildSite site, open_build_site(workspace, host));
  site.has_no_index = arguments.has("no-index");
  print_detail("Python " + to_string(site.python.version) + " in " + site.python.home);
  return site;
}

}  // namespace

Result<int> build(const Arguments& arguments, Host& host) {
  const auto start = std::chrono::steady_clock::now();
  WARP_TRY(Workspace workspace, open_workspace(host));
  print_step("Building " + workspace.source);
  WARP_CHECK(run_hook(workspace, "pre-build", host));
  WARP_CHECK(add_variables_of_hook(workspace, "build-env", host));
  WARP_TRY(const BuildSite site, open_site(arguments, workspace, host));
  const Stamps stamps(site.state + "/built", arguments.has("all") ? Rerun::kAll : Rerun::kChanged);
  WARP_TRY(const Dependencies dependencies, dependencies_of(arguments, site, host));
  WARP_TRY(const Deployment deployment,
           chosen_deployment(arguments, site.workspace, site.settings));
  const std::string server(name_of(deployment.server));
  WARP_CHECK(install_dependencies(site, stamps, dependencies, host));
  WARP_CHECK(install_server(site, server, host));
  WARP_CHECK(run_hook(site.workspace, "build", host));
  WARP_TRY(const StaticFilesOf whose, collect_and_compress(site, host));
  if (is_wrapped(deployment) &&
      (whose == StaticFilesOf::kServer || !site.settings.url_aliases.empty()))
    WARP_CHECK(install_whitenoise(site, server, host));
  WARP_CHECK(compile_project(site, host));
  const auto duration = std::chrono::steady_clock::now() - start;
  print_step("Built in " +
             duration_text(std::chrono::duration_cast<std::chrono::milliseconds>(duration)));
  return 0;
}

Result<int> wheels(const Arguments& arguments, Host& host) {
  WARP_TRY(const Workspace workspace, open_workspace(host));
  print_step("Making wheels for " + workspace.source);
  WARP_TRY(const BuildSite site, open_site(arguments, workspace, host));
  WARP_TRY(const Dependencies dependencies, dependencies_of(arguments, site, host));
  const std::string named = arguments.value_of("directory");
  WARP_CHECK(make_wheels(
      site, dependencies,
      named.empty() ? own_wheelhouse(site) : absolute(named, host.current_directory()), host));
  return 0;
}

}  // namespace warp
