#include "launcher/deploy/static_wrapper.hpp"

#include <algorithm>

#include "launcher/deploy/server_command.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/host/json.hpp"
#include "launcher/plan/static_files.hpp"

namespace warp {
namespace {

constexpr auto kModule = "warp_static";
constexpr auto kVariable = "WARPDRIVE_STATIC_FILES";
constexpr auto kSearchPath = "PYTHONPATH";

std::string wish_of(const std::string& application, const std::vector<StaticFiles>& files) {
  Json list = Json::array();
  for (const StaticFiles& each : files) list.push_back(Json::array({each.url, each.path}));
  return Json({{"application", application}, {"files", std::move(list)}})
      .dump(-1, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string search_path(const std::string& ours, const Environment& environment) {
  const std::string theirs = variable(environment, kSearchPath);
  return theirs.empty() ? ours : ours + ":" + theirs;
}

}  // namespace

std::vector<StaticFiles> unserved_files(const Settings& settings, const Project& project,
                                        Host& host) {
  Project seen = project;
  // Other frameworks serve their folders themselves.
  seen.static_folders.clear();
  if (seen.django && seen.django->has_whitenoise) seen.django.reset();
  if (seen.django) seen.django->whitenoise_root.clear();
  StaticPlan plan = plan_static_files(settings, seen, {}, host);
  if (!plan.collect_into) return plan.files;
  host.warn("the static files at " + seen.django->static_url +
            " are not served: there is no STATIC_ROOT, and they have not been collected; warpdrive "
            "build collects them, and warpdrive start serves those");
  plan.files.erase(
      std::remove_if(plan.files.begin(), plan.files.end(),
                     [&](const StaticFiles& each) { return each.url == seen.django->static_url; }),
      plan.files.end());
  return plan.files;
}

Result<std::optional<StaticWrapper>> wrap_for_static_files(const WrapperRequest& request,
                                                           Host& host) {
  const Project& project = request.project;
  if (project.application.kind != ApplicationKind::kWsgi) return std::nullopt;
  const std::vector<StaticFiles> files = unserved_files(request.settings, project, host);
  if (files.empty()) return std::nullopt;
  WARP_TRY(const bool has_whitenoise, has_module(project.python.executable, "whitenoise", host));
  if (!has_whitenoise) {
    host.warn("the static files at " + files.front().url +
              " are not served: " + project.python.executable +
              " has no WhiteNoise; install it (warpdrive build does), or leave them to a server in "
              "front of this one");
    return std::nullopt;
  }
  WARP_TRY(const std::string name, module_and_callable(project.application, request.home));
  return StaticWrapper{
      .application = {.target = kModule, .callable = "application", .origin = "WhiteNoise"},
      .variables = {{kVariable, wish_of(name, files)},
                    {kSearchPath, search_path(request.python_directory, host.environment())}}};
}

}  // namespace warp
