#include "launcher/plan/static_files.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/detect/survey.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

std::string without_slash(std::string url) {
  while (url.size() > 1 && url.back() == '/') url.pop_back();
  return url;
}

bool has_alias(const std::vector<StaticFiles>& files, const std::string& url) {
  return std::any_of(files.begin(), files.end(), [&](const StaticFiles& entry) {
    return without_slash(entry.url) == without_slash(url);
  });
}

// Code, settings and databases lie there; httpd would send them to anybody.
bool holds_project(const std::string& folder, const Settings& settings, const Project& project) {
  std::vector<std::string> places = import_roots(project.directory);
  places.push_back(working_directory_of(project));
  for (std::string& path : python_path_of(settings, project)) places.push_back(std::move(path));
  return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
    return !place.empty() && holds(folder, place);
  });
}

// With a warning for one that clients may not see.
bool may_be_served(const std::string& what, const std::string& folder, const Settings& settings,
                   const Project& project, Host& host) {
  if (!holds_project(folder, settings, project)) return true;
  host.warn(what + " " + printable(folder) +
            " is or holds a folder of the project's code, whose files clients could then fetch, so "
            "it is left to the application; use a folder with nothing else in it");
  return false;
}

void add_django(StaticPlan& plan, const Settings& settings, const Project& project,
                const std::string& server_root, Host& host) {
  const Django& django = *project.django;
  const bool is_wanted = django.has_staticfiles || !django.static_root.empty();
  if (!is_wanted || !can_be_mapped(django.static_url) || has_alias(plan.files, django.static_url))
    return;
  std::string folder = django.static_root;
  if (folder.empty()) {
    folder = server_root + "/static";
    plan.collect_into = folder;
  } else if (!is_directory(folder)) {
    host.warn("STATIC_ROOT " + folder +
              " does not exist, so there are no static files; run: python manage.py collectstatic");
    return;
  }
  if (!plan.collect_into && !may_be_served("STATIC_ROOT", folder, settings, project, host)) return;
  // With slashes, "/static" itself stays the application's.
  plan.files.push_back({.url = without_slash(django.static_url) + "/", .path = folder + "/"});
}

// As the mount point shifts them.
std::string below_mount(const Settings& settings, const std::string& url) {
  return settings.mount_point == "/" ? url : settings.mount_point + url;
}

// WhiteNoise's folder for the whole site: the application answers what is not in it, so its files
// are mapped one by one, and what is in folders stays the application's.
void add_files_of(StaticPlan& plan, const std::string& folder, const Settings& settings,
                  Host& host) {
  constexpr std::size_t kMostFiles = 64;
  std::size_t count = 0;
  for (const std::string& name : names_in_directory(folder)) {
    const std::string path = folder + "/" + name;
    const std::string url = below_mount(settings, "/" + name);
    if (name.starts_with(".") || name.ends_with(".py") || !is_file(path) || !can_be_mapped(url) ||
        has_alias(plan.files, url))
      continue;
    if (++count > kMostFiles) {
      host.warn(folder + " has more than " + std::to_string(kMostFiles) +
                " files; the others are left to the application");
      return;
    }
    plan.files.push_back({.url = url, .path = path, .is_directory = false});
  }
}

void add_found(StaticPlan& plan, const StaticFolder& found, const Settings& settings,
               const Project& project, Host& host) {
  const bool is_whole_site = without_slash(found.url) == "/" || found.url.empty();
  if (is_whole_site && !found.what.starts_with("WhiteNoise")) return;
  const std::string url = below_mount(settings, found.url);
  if (!is_whole_site && (!can_be_mapped(url) || has_alias(plan.files, url))) return;
  if (!is_directory(found.folder) ||
      !may_be_served(found.what, found.folder, settings, project, host))
    return;
  if (is_whole_site) return add_files_of(plan, found.folder, settings, host);
  plan.files.push_back({.url = without_slash(url) + "/", .path = found.folder + "/"});
}

}  // namespace

bool can_be_mapped(const std::string& url) {
  return url.starts_with("/") && !url.starts_with("//") && without_slash(url) != "/" &&
         printable(url) == url;
}

StaticPlan plan_static_files(const Settings& settings, const Project& project,
                             const std::string& server_root, Host& host) {
  StaticPlan plan;
  for (const auto& [url, path] : settings.url_aliases)
    plan.files.push_back(
        {.url = without_slash(url), .path = path, .is_directory = is_directory(path)});
  if (project.django) add_django(plan, settings, project, server_root, host);
  for (const StaticFolder& found : project.static_folders)
    add_found(plan, found, settings, project, host);
  if (project.django && !project.django->whitenoise_root.empty())
    add_found(plan,
              {.what = "WhiteNoise's WHITENOISE_ROOT",
               .url = "/",
               .folder = project.django->whitenoise_root},
              settings, project, host);
  // httpd refuses links on the way to a file, but the folder itself may be named by one.
  for (StaticFiles& entry : plan.files) {
    const bool ends_with_slash = entry.path.ends_with("/");
    entry.path = resolved(without_slash(entry.path)) + (ends_with_slash ? "/" : "");
  }
  std::stable_sort(
      plan.files.begin(), plan.files.end(),
      [](const StaticFiles& a, const StaticFiles& b) { return a.url.size() > b.url.size(); });
  return plan;
}

}  // namespace warp
