#include "launcher/run/collect_static.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "launcher/detect/python_script.hpp"
#include "launcher/detect/scripts.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kLongestCollection{300};

// The application's user writes it, httpd's user reads it.
Result<> make_folder(const std::string& path, const Account& owner) {
  if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return fail_errno("mkdir " + path);
  if (::geteuid() == 0 && ::lchown(path.c_str(), owner.uid, owner.gid) != 0)
    return fail_errno("chown " + path);
  if (::geteuid() != 0 && ::chmod(path.c_str(), 0755) != 0) return fail_errno("chmod " + path);
  return {};
}

}  // namespace

Result<Collected> collect_static(const Plan& plan, Host& host) {
  if (!plan.collect_into) return Collected{};
  WARP_CHECK(make_folder(*plan.collect_into, plan.project.user));
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
