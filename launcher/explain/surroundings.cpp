#include "launcher/explain/surroundings.hpp"

#include "base/strings.hpp"
#include "launcher/detect/syntax.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

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

// "/srv/app/wsgi.py:3" for the first line that has the text, "/srv/app/wsgi.py" when none has.
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

Evidence for_static_files(const Project& project) {
  const Django& django = *project.django;
  const std::string root = django.static_root.empty()
                               ? "there is no STATIC_ROOT, so they are collected at the start"
                               : "STATIC_ROOT is " + django.static_root;
  return {"static files: STATIC_URL is " + django.static_url + ", " + root,
          place_of("STATIC_URL", settings_file(project))};
}

}  // namespace

void add_evidence_of_surroundings(Project& project, const Settings& settings, const Host& host) {
  const auto first = project.evidence.begin();
  project.evidence.insert(first,
                          {for_user(settings, project, host), for_python(settings, project, host)});
  if (project.django && !project.django->static_url.empty())
    project.evidence.push_back(for_static_files(project));
}

}  // namespace warp
