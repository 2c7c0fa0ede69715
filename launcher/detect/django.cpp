#include "launcher/detect/django.hpp"

#include <algorithm>
#include <regex>

#include "launcher/detect/django_answer.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/detect/scripts.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr auto kSettingsVariable = "DJANGO_SETTINGS_MODULE";

Result<std::string> find_settings_module(const Host& host, const std::string& directory) {
  if (std::string module = variable(host.environment(), kSettingsVariable); !module.empty())
    return module;
  WARP_TRY(const std::string text, read_text(directory + "/manage.py"));
  if (std::string module = settings_module_in(text); !module.empty()) return module;
  return fail(Errc::kNotFound, directory +
                                   "/manage.py sets no DJANGO_SETTINGS_MODULE that can be read "
                                   "without running it; set that environment variable");
}

}  // namespace

bool is_django_project(const std::string& directory) {
  const auto text = read_text(directory + "/manage.py");
  return text && (text->find(kSettingsVariable) != std::string::npos ||
                  text->find("django") != std::string::npos);
}

std::string settings_module_in(std::string_view manage_py) {
  static const std::regex setting(
      R"re((?:^|\n)[^#\n]*["']DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["'])re");
  std::cmatch match;
  const char* const end = manage_py.data() + manage_py.size();
  if (!std::regex_search(manage_py.data(), end, match, setting)) return {};
  return match[1].str();
}

Result<Django> ask_django(Host& host, const Settings& settings, const Project& project) {
  WARP_TRY(const std::string module, find_settings_module(host, project.directory));
  PythonScript script{.text = kAskDjangoScript,
                      .arguments = {settings.mount_point},
                      .purpose = "ask the Django settings " + module,
                      .settings_module = module};
  const std::vector<std::string> path = python_path_of(settings);
  script.arguments.insert(script.arguments.end(), path.begin(), path.end());
  WARP_TRY(const std::string answer, run_python_script(host, settings, project, script));
  WARP_TRY(Django django, parse_django_answer(answer));
  django.settings_module = module;
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
