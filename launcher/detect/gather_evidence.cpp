#include "launcher/detect/gather_evidence.hpp"

#include "base/strings.hpp"
#include "launcher/detect/syntax.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

constexpr auto kSettingsVariable = "DJANGO_SETTINGS_MODULE";

std::string origin_of(const Settings& settings, const char* option) {
  const auto found = settings.origins.find(option);
  return found == settings.origins.end() ? option : found->second;
}

Evidence for_user(const Settings& settings, const Project& project, const Host& host) {
  const std::string& name = project.user.name;
  if (host.current_user().uid != 0) return {name + " starts it, and it runs as who starts it", ""};
  if (!settings.user.empty())
    return {"the user " + name + " is named", origin_of(settings, "user")};
  if (owner_of(project.directory) == project.user.uid)
    return {name + " owns the project's folder", project.directory};
  return {"the project's folder is root's, and " + name + " is for web applications",
          project.directory};
}

Evidence for_python(const Settings& settings, const Project& project, const Host& host) {
  const std::string& home = project.python.home;
  if (!settings.python_home.empty())
    return {"the Python environment is named", origin_of(settings, "python-home")};
  if (home.empty())
    return {
        "no Python environment is named, active or in the project; the system's has a worker "
        "program",
        project.python.executable};
  if (home == variable(host.environment(), "VIRTUAL_ENV"))
    return {"this environment is active", "VIRTUAL_ENV"};
  return {"the project has a Python environment", home};
}

std::string settings_file(const Project& project) {
  const std::string& module = project.django->settings_module;
  const std::string path = file_of({.target = module}, project.directory);
  return path.empty() ? module : path;
}

Evidence for_django(const Project& project, const Host& host) {
  const std::string& module = project.django->settings_module;
  const std::string manage = project.directory + "/manage.py";
  if (variable(host.environment(), kSettingsVariable) == module)
    return {"there is a manage.py, and a variable names the settings " + module, kSettingsVariable};
  return {"manage.py is Django's and names the settings " + module,
          place_of(kSettingsVariable, manage)};
}

Evidence for_static_files(const Project& project) {
  const Django& django = *project.django;
  const std::string root = django.static_root.empty()
                               ? "there is no STATIC_ROOT, so they are collected at the start"
                               : "STATIC_ROOT is " + django.static_root;
  return {"static files: STATIC_URL is " + django.static_url + ", " + root,
          place_of("STATIC_URL", settings_file(project))};
}

Evidence for_application(const Settings& settings, const Project& project) {
  const Application& application = project.application;
  const auto entry = read_entry(settings, project.directory);
  if (entry && (entry->kind == Entry::Kind::kScript || entry->kind == Entry::Kind::kModule))
    return {"the entry point " + application.target + " is named",
            origin_of(settings, "entry-point")};
  if (project.django && !project.django->wsgi_application.empty())
    return {"WSGI_APPLICATION is " + project.django->wsgi_application,
            place_of("WSGI_APPLICATION", settings_file(project))};
  const std::string path = file_of(application, project.directory);
  return {"there is a " + name_of(path) + " with the callable " + application.callable,
          place_of(application.callable, path)};
}

}  // namespace

std::vector<Evidence> gather_evidence(const Settings& settings, const Project& project,
                                      const Host& host) {
  std::vector<Evidence> evidence = {for_user(settings, project, host),
                                    for_python(settings, project, host)};
  if (project.django) evidence.push_back(for_django(project, host));
  evidence.push_back(for_application(settings, project));
  if (project.django && !project.django->static_url.empty())
    evidence.push_back(for_static_files(project));
  return evidence;
}

std::string place_of(std::string_view text, const std::string& path) {
  const auto content = read_text(path);
  if (!content) return path;
  std::size_t number = 0;
  for (const std::string_view line : split(*content, '\n')) {
    ++number;
    if (line.find(text) != std::string_view::npos) return path + ":" + std::to_string(number);
  }
  return path;
}

}  // namespace warp
