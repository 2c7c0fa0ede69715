#include "launcher/detect/detect_project.hpp"

#include <unistd.h>

#include <algorithm>

#include "launcher/detect/application_user.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/detect/find_application.hpp"
#include "launcher/detect/folders_below.hpp"
#include "launcher/detect/named_application.hpp"
#include "launcher/detect/nothing_found.hpp"
#include "launcher/detect/paste_file.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/detect/syntax.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

bool is_explicit(const Entry& entry) {
  return entry.kind == Entry::Kind::kScript || entry.kind == Entry::Kind::kModule;
}

Application application_of(const Entry& entry, const Settings& settings) {
  const bool is_paste = entry.kind == Entry::Kind::kScript && is_paste_file(entry.target);
  const std::string usual = is_paste ? "main" : "application";
  const std::string callable = entry.callable.empty() ? usual : entry.callable;
  return {.target = entry.target,
          .callable = settings.callable_object.empty() ? callable : settings.callable_object,
          .origin = "named",
          .is_script = entry.kind == Entry::Kind::kScript,
          .kind = is_paste ? ApplicationKind::kPaste : ApplicationKind::kWsgi};
}

// A project with an entry of its own is served even if its settings can't be asked; it then does
// without static files from httpd.
void ask_if_django(Host& host, const Settings& settings, Project& project) {
  if (!is_django_project(project.directory)) return;
  if (auto django = ask_django(host, settings, project)) {
    project.django = *std::move(django);
  } else {
    host.warn("static files are not served by httpd: " + django.error().detail);
  }
}

Result<> check_user_gets_at(Host& host, const Project& project,
                            const std::string& libexec_directory) {
  std::vector<Access> accesses;
  WARP_TRY(const std::string worker, worker_program(libexec_directory, project.python.version));
  add_way_to(accesses, project.directory, R_OK | X_OK);
  add_way_to(accesses, worker, X_OK);
  if (!project.python.home.empty()) {
    add_way_to(accesses, project.python.home, R_OK | X_OK);
    add_way_to(accesses, project.python.executable, X_OK);
  }
  return check_accesses(host, project.user, accesses);
}

Result<> check_user_reads_entry(Host& host, const Project& project) {
  if (!project.application.is_script) return {};
  std::vector<Access> accesses;
  add_way_to(accesses, project.application.target, R_OK);
  return check_accesses(host, project.user, accesses);
}

// Whose it is and on which Python it runs.
Result<Project> begin_project(const Settings& settings, Host& host,
                              const std::string& libexec_directory,
                              const std::string& outer_directory) {
  Project project;
  project.directory = settings.project_directory;
  WARP_TRY(project.user, find_application_user(settings, host));
  WARP_TRY(project.python,
           find_python(settings, host.environment(), libexec_directory, outer_directory));
  WARP_CHECK(check_user_gets_at(host, project, libexec_directory));
  return project;
}

Result<Project> detect_named(const Entry& entry, const Settings& settings, Host& host,
                             const std::string& libexec_directory) {
  WARP_TRY(Project project, begin_project(settings, host, libexec_directory, {}));
  project.application = application_of(entry, settings);
  project.evidence.push_back(
      {"named: " + project.application.target + ":" + project.application.callable,
       origin_of(settings, "entry-point")});
  ask_if_django(host, settings, project);
  // Else the folder's first wrong thing would be that somebody else may not read it.
  WARP_CHECK(check_user_reads_entry(host, project));
  if (project.application.kind == ApplicationKind::kPaste) return project;
  Search search{host, settings, project};
  WARP_CHECK(check_application(search, "the entry point"));
  return project;
}

// The search of one folder, and of those below it when it has nothing.
class FolderSearch final {
 public:
  FolderSearch(const Settings& settings, Host& host, std::string libexec_directory)
      : settings_(settings), host_(host), libexec_directory_(std::move(libexec_directory)) {}

  Result<Project> run() {
    WARP_TRY(std::optional<Project> project, look_into(settings_));
    if (project) return *std::move(project);
    bool is_cut = false;
    for (const FolderLevel& level : folders_below(settings_.project_directory)) {
      is_cut = level.is_cut;
      WARP_TRY(const std::vector<std::string> folders, those_with_a_project(level.folders));
      if (folders.size() > 1) return several(folders);
      if (folders.size() == 1 && is_cut) return one_of_too_many(folders.front());
      if (folders.size() == 1) return take_below(folders.front());
    }
    if (is_cut)
      host_.warn("not all folders below " + settings_.project_directory +
                 " were looked at, they are too many; name the one with the project");
    return nothing_found(settings_.project_directory, near_);
  }

 private:
  Result<std::optional<Project>> look_into(const Settings& settings) {
    if (!may_hold_project(settings.project_directory)) return std::nullopt;
    WARP_TRY(Project project,
             begin_project(settings, host_, libexec_directory_, settings_.project_directory));
    Search search{host_, settings, project};
    WARP_TRY(const bool is_found, find_application(search));
    if (is_found) return project;
    if (&settings == &settings_) near_ = project.evidence;
    return std::nullopt;
  }

  Settings settings_for(const std::string& folder) const {
    Settings settings = settings_;
    settings.project_directory = folder;
    return settings;
  }

  // A broken project is one, too: what is wrong with it is told when it is the only one.
  Result<std::vector<std::string>> those_with_a_project(const std::vector<std::string>& level) {
    std::vector<std::string> folders;
    for (const std::string& folder : level) {
      if (is_django_project(folder)) {
        folders.push_back(folder);
        continue;
      }
      const auto project = look_into(settings_for(folder));
      if (!project && project.error().code == Errc::kClosed) return tl::unexpected(project.error());
      if (!project || *project) folders.push_back(folder);
    }
    return folders;
  }

  tl::unexpected<Error> several(const std::vector<std::string>& folders) const {
    std::string detail = "no project in " + settings_.project_directory +
                         " itself, but several in its folders; name one:";
    for (const std::string& folder : folders) detail += "\nstart-server " + folder;
    return fail(Errc::kAmbiguous, detail);
  }

  tl::unexpected<Error> one_of_too_many(const std::string& folder) const {
    return fail(Errc::kAmbiguous,
                "no project in " + settings_.project_directory +
                    " itself, and too many folders below it to look at all of them; one has a "
                    "project. Name it, or the one that is meant: start-server " +
                    folder);
  }

  // The folder's own settings would have been read if it had been named.
  Result<Project> take_below(const std::string& folder) {
    if (is_file(folder + "/warpdrive.toml"))
      return fail(Errc::kAmbiguous,
                  "no project in " + settings_.project_directory + " itself; the one in " + folder +
                      " has settings of its own. Start it there: start-server " + folder);
    WARP_TRY(std::optional<Project> project, look_into(settings_for(folder)));
    if (!project) return nothing_found(folder, {});
    host_.warn("no project in " + settings_.project_directory + " itself; served is the one in " +
               folder);
    project->evidence.insert(project->evidence.begin(), {"the only folder with a project", folder});
    return *std::move(project);
  }

  const Settings& settings_;
  Host& host_;
  std::string libexec_directory_;
  std::vector<Evidence> near_;
};

Result<Project> with_good_syntax(Host& host, Project project) {
  if (project.application.kind == ApplicationKind::kWsgi) WARP_CHECK(check_syntax(host, project));
  return project;
}

}  // namespace

Result<Project> detect_project(const Settings& settings, Host& host,
                               const std::string& libexec_directory) {
  WARP_TRY(const Entry entry, read_entry(settings, settings.project_directory));
  if (is_explicit(entry)) {
    WARP_TRY(Project project, detect_named(entry, settings, host, libexec_directory));
    return with_good_syntax(host, std::move(project));
  }
  WARP_TRY(Project project, FolderSearch(settings, host, libexec_directory).run());
  if (!settings.callable_object.empty()) project.application.callable = settings.callable_object;
  WARP_CHECK(check_user_reads_entry(host, project));
  return with_good_syntax(host, std::move(project));
}

}  // namespace warp
