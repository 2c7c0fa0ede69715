#include "launcher/run/collect_static.hpp"

#include "launcher/detect/python_script.hpp"
#include "launcher/detect/scripts.hpp"
#include "launcher/run/owned_folder.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kLongestCollection{300};

}  // namespace

Result<Collected> collect_static(const Plan& plan, Host& host) {
  if (!plan.collect_into) return Collected{};
  WARP_CHECK(make_owned_folder(*plan.collect_into, plan.project.user));
  const std::string& module = plan.project.django->settings_module;
  PythonScript script{.text = kCollectStaticScript,
                      .arguments = {*plan.collect_into},
                      .purpose = "collect the static files of " + module,
                      .settings_module = module,
                      .time_limit = kLongestCollection};
  const std::vector<std::string> path = python_path_of(plan.settings, plan.project);
  script.arguments.insert(script.arguments.end(), path.begin(), path.end());
  WARP_TRY(const std::string answer, run_python_script(host, plan.project, script));
  return Collected{.made_up_secret_key = answer == "made up SECRET_KEY"};
}

}  // namespace warp
