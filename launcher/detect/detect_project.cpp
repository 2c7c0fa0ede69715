#include "launcher/detect/detect_project.hpp"

#include <unistd.h>

#include "launcher/detect/application_user.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/detect/gather_evidence.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/detect/syntax.hpp"
#include "launcher/detect/wsgi_file.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

bool is_explicit(const Entry& entry) {
  return entry.kind == Entry::Kind::kScript || entry.kind == Entry::Kind::kModule;
}

Application application_of(const Entry& entry) {
  return {.target = entry.target,
          .callable = entry.callable.empty() ? "application" : entry.callable,
          .origin = "named",
          .is_script = entry.kind == Entry::Kind::kScript};
}

// A project with an entry of its own is served even if its settings can't be asked; it then does
// without static files from httpd.
Result<std::optional<Django>> ask_if_django(Host& host, const Settings& settings,
                                            const Project& project, bool entry_is_explicit) {
  if (!is_django_project(project.directory)) return std::nullopt;
  auto django = ask_django(host, settings, project);
  if (django) return *django;
  if (!entry_is_explicit) return tl::unexpected(django.error());
  host.warn("static files are not served by httpd: " + django.error().detail);
  return std::nullopt;
}

Result<Application> find_application(const Entry& entry, const Project& project) {
  if (is_explicit(entry)) return application_of(entry);
  if (project.django) return django_application(*project.django, project.directory);
  return find_wsgi_file(project.directory);
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

}  // namespace

Result<Project> detect_project(const Settings& settings, Host& host,
                               const std::string& libexec_directory) {
  Project project;
  project.directory = settings.project_directory;
  WARP_TRY(const Entry entry, read_entry(settings, project.directory));
  WARP_TRY(project.user, find_application_user(settings, host));
  // Before Python is looked for: a folder without a project is the plainer error.
  if (!is_explicit(entry) && !is_django_project(project.directory))
    WARP_CHECK(find_wsgi_file(project.directory));
  WARP_TRY(project.python, find_python(settings, host.environment(), libexec_directory));
  WARP_CHECK(check_user_gets_at(host, project, libexec_directory));
  WARP_TRY(project.django, ask_if_django(host, settings, project, is_explicit(entry)));
  WARP_TRY(project.application, find_application(entry, project));
  if (!settings.callable_object.empty()) project.application.callable = settings.callable_object;
  WARP_CHECK(check_user_reads_entry(host, project));
  WARP_CHECK(check_syntax(host, settings, project));
  project.evidence = gather_evidence(settings, project, host);
  return project;
}

}  // namespace warp
