#include "launcher/detect/django.hpp"

#include "launcher/detect/django_answer.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/detect/scripts.hpp"
#include "launcher/detect/settings_module.hpp"
#include "launcher/detect/small_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

struct SettingsModule {
  std::string name{};
  Evidence evidence{};
};

std::optional<SettingsModule> settings_module_of(const std::string& path,
                                                 const std::string& directory) {
  const auto text = read_small_file(path);
  if (!text) return std::nullopt;
  const auto named = settings_named_in(*text);
  if (!named) return std::nullopt;
  return SettingsModule{
      .name = named->name,
      .evidence = {"sets DJANGO_SETTINGS_MODULE " + named->name,
                   path_below(path, directory) + ":" + std::to_string(named->line)}};
}

// What the served module sets is what counts: manage.py often means the developer's settings.
std::optional<SettingsModule> settings_of_wsgi_file(const Project& project,
                                                    const std::string& package) {
  const std::string directory = working_directory_of(project);
  std::vector<std::string> packages{package};
  if (package.empty()) packages = names_in_directory(directory);
  std::optional<SettingsModule> found;
  for (const std::string& name : packages)
    if (auto module = settings_module_of(directory + "/" + name + "/wsgi.py", project.directory)) {
      if (found) return std::nullopt;
      found = std::move(module);
    }
  return found;
}

Result<SettingsModule> find_settings_module(const Host& host, const Project& project) {
  if (std::string module = variable(host.environment(), kSettingsVariable); !module.empty())
    return SettingsModule{.name = module, .evidence = {module, std::string(kSettingsVariable)}};
  const std::string directory = working_directory_of(project);
  auto managed = settings_module_of(directory + "/manage.py", project.directory);
  const std::string package =
      managed ? managed->name.substr(0, managed->name.find('.')) : std::string();
  if (auto served = settings_of_wsgi_file(project, package)) return *std::move(served);
  if (managed) return *std::move(managed);
  return fail(Errc::kNotFound, directory +
                                   "/manage.py sets no DJANGO_SETTINGS_MODULE that can be read "
                                   "without running it; set that environment variable");
}

}  // namespace

bool is_django_project(const std::string& directory) {
  const auto text = read_small_file(directory + "/manage.py");
  return text && (text->find(kSettingsVariable) != std::string::npos ||
                  text->find("django") != std::string::npos);
}

Result<Django> ask_django(Host& host, const Settings& settings, Project& project) {
  WARP_TRY(const SettingsModule found, find_settings_module(host, project));
  const std::string& module = found.name;
  PythonScript script{.text = kAskDjangoScript,
                      .arguments = {settings.mount_point},
                      .purpose = "ask the Django settings " + module,
                      .settings_module = module};
  const std::vector<std::string> path = python_path_of(settings, project);
  script.arguments.insert(script.arguments.end(), path.begin(), path.end());
  WARP_TRY(const std::string answer, run_python_script(host, project, script));
  WARP_TRY(Django django, parse_django_answer(answer));
  django.settings_module = module;
  project.evidence.push_back(
      {"a Django project",
       path_below(working_directory_of(project) + "/manage.py", project.directory)});
  project.evidence.push_back(found.evidence);
  return django;
}

Result<Application> django_application(const Django& django, const std::string& directory) {
  const std::string& named = django.wsgi_application;
  if (const auto dot = named.rfind('.'); dot != std::string::npos)
    return Application{.target = named.substr(0, dot),
                       .callable = named.substr(dot + 1),
                       .origin = "Django, settings " + django.settings_module};
  const std::string& module = django.settings_module;
  const std::string package = module.substr(0, module.find('.'));
  if (module.find('.') != std::string::npos && is_file(directory + "/" + package + "/wsgi.py"))
    return Application{.target = package + ".wsgi",
                       .callable = "application",
                       .origin = "Django, settings " + module};
  return fail(Errc::kNotFound, "the Django settings " + module + " have no WSGI_APPLICATION and " +
                                   directory + "/" + package +
                                   "/wsgi.py does not exist; add WSGI_APPLICATION, or name the "
                                   "entry: start-server package.module:callable");
}

}  // namespace warp
