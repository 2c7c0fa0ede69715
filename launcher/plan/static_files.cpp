#include "launcher/plan/static_files.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

std::string without_slash(std::string url) {
  while (url.size() > 1 && url.back() == '/') url.pop_back();
  return url;
}

// Elsewhere than below this server ("https://cdn…"), or everything: nothing for an Alias.
bool can_be_mapped(const std::string& url) {
  return url.starts_with("/") && !url.starts_with("//") && without_slash(url) != "/" &&
         printable(url) == url;
}

bool has_alias(const std::vector<StaticFiles>& files, const std::string& url) {
  return std::any_of(files.begin(), files.end(), [&](const StaticFiles& entry) {
    return without_slash(entry.url) == without_slash(url);
  });
}

void add_django(StaticPlan& plan, const Django& django, const std::string& server_root,
                Host& host) {
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
  // With slashes, "/static" itself stays the application's.
  plan.files.push_back({.url = without_slash(django.static_url) + "/", .path = folder + "/"});
}

}  // namespace

StaticPlan plan_static_files(const Settings& settings, const Project& project,
                             const std::string& server_root, Host& host) {
  StaticPlan plan;
  for (const auto& [url, path] : settings.url_aliases)
    plan.files.push_back(
        {.url = without_slash(url), .path = path, .is_directory = is_directory(path)});
  if (project.django) add_django(plan, *project.django, server_root, host);
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
