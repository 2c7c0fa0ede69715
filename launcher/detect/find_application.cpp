#include "launcher/detect/find_application.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/detect/find_object.hpp"
#include "launcher/detect/named_application.hpp"
#include "launcher/detect/named_by_servers.hpp"
#include "launcher/detect/paste_file.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/detect/running_script.hpp"
#include "launcher/detect/wsgi_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr auto kShellScript = "/app.sh";

Result<bool> look_for_shell_script(Search& search) {
  Project& project = search.project;
  const std::string path = project.directory + kShellScript;
  if (!is_file(path)) return false;
  if (!is_executable(path)) {
    project.evidence.push_back({"it is not executable, so it is not taken (chmod +x)", "app.sh"});
    return false;
  }
  if (is_within_script(search.host.environment(), path)) {
    project.evidence.push_back({"it has called for this start, so it is not taken", "app.sh"});
    return false;
  }
  project.application = {
      .target = path, .origin = "app.sh", .is_script = true, .kind = ApplicationKind::kShellScript};
  project.evidence.push_back({"an executable script, which starts a server of its own", "app.sh"});
  return true;
}

Result<bool> look_for_django(Search& search) {
  Project& project = search.project;
  const std::vector<std::string> roots = import_roots(project.directory);
  const auto root = std::find_if(roots.begin(), roots.end(), is_django_project);
  if (root == roots.end()) return false;
  if (*root != project.directory) {
    project.working_directory = *root;
    project.import_path = {*root, project.directory};
  }
  WARP_TRY(project.django, ask_django(search.host, search.settings, project));
  WARP_TRY(project.application, django_application(*project.django, working_directory_of(project)));
  WARP_CHECK(check_application(search, "WSGI_APPLICATION of " + project.django->settings_module));
  return true;
}

// What goes into production is more than one of several.
Result<bool> look_for_paste_file(Search& search) {
  Project& project = search.project;
  const std::vector<std::string> files = paste_files_in(project.directory);
  if (files.empty()) return false;
  std::string chosen = files.front();
  if (files.size() > 1) {
    if (std::find(files.begin(), files.end(), "production.ini") == files.end()) {
      return fail(Errc::kAmbiguous, "several Paste files in " + project.directory +
                                        " and none is production.ini: " + join(files, ", ") +
                                        ". Name one: start-server " + project.directory + "/" +
                                        files.front());
    }
    chosen = "production.ini";
  }
  project.application = {.target = project.directory + "/" + chosen,
                         .callable = "main",
                         .origin = chosen,
                         .is_script = true,
                         .kind = ApplicationKind::kPaste};
  project.evidence.push_back({"a deployment file of Paste", chosen});
  return true;
}

using Look = Result<bool> (*)(Search&);

constexpr std::array<Look, 7> kOrder = {
    look_at_procfile,   look_at_server_files, look_for_shell_script, look_for_django,
    look_for_wsgi_file, look_for_paste_file,  look_for_object};

// An application that another server's files name may be Django's; its static files are wanted then
// as well, but not at the price of the start.
void ask_django_too(Search& search) {
  Project& project = search.project;
  if (project.django || project.application.kind != ApplicationKind::kWsgi) return;
  if (!is_django_project(working_directory_of(project))) return;
  if (auto django = ask_django(search.host, search.settings, project)) {
    project.django = *std::move(django);
  } else {
    search.host.warn("static files are not served by httpd: " + django.error().detail);
  }
}

}  // namespace

Result<bool> find_application(Search& search) {
  for (const Look look : kOrder) {
    WARP_TRY(const bool is_found, look(search));
    if (!is_found) continue;
    ask_django_too(search);
    return true;
  }
  return false;
}

}  // namespace warp
