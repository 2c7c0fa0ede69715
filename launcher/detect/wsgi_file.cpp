#include "launcher/detect/wsgi_file.hpp"

#include <algorithm>
#include <limits>
#include <regex>

#include "launcher/detect/choose_application.hpp"
#include "launcher/detect/small_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

// Environments and hidden folders hold other people's wsgi.py.
bool may_be_the_projects(const std::string& directory, const std::string& name) {
  return !name.starts_with(".") && !is_file(directory + "/" + name + "/pyvenv.cfg");
}

std::vector<std::string> packages_with_wsgi(const std::string& directory) {
  std::vector<std::string> packages;
  for (const std::string& name : names_in_directory(directory))
    if (may_be_the_projects(directory, name) && is_file(directory + "/" + name + "/wsgi.py"))
      packages.push_back(name);
  return packages;
}

std::string callable_of(const std::string& path) {
  const auto text = read_text(path);
  return text ? callable_in(*text) : "application";
}

tl::unexpected<Error> several(const std::string& directory,
                              const std::vector<std::string>& packages) {
  std::string detail = "several candidates in " + directory + "; name one:";
  for (const std::string& package : packages)
    detail += "\nstart-server " + package +
              ".wsgi:" + callable_of(directory + "/" + package + "/wsgi.py");
  return fail(Errc::kAmbiguous, detail);
}

// Where the packages' names have the fewest parts; several when nothing decides.
std::vector<const SurveyedModule*> outermost_wsgi_files(const Survey& survey) {
  const auto depth = [](const SurveyedModule& module) {
    return std::count(module.name.begin(), module.name.end(), '.');
  };
  std::vector<const SurveyedModule*> files;
  for (const SurveyedModule& module : survey.modules)
    if (name_of(module.path) == "wsgi.py" && !module.imports_neighbours) files.push_back(&module);
  std::ptrdiff_t least = std::numeric_limits<std::ptrdiff_t>::max();
  for (const SurveyedModule* const file : files) least = std::min(least, depth(*file));
  std::erase_if(files, [&](const SurveyedModule* file) { return depth(*file) != least; });
  // The roots come in their order: wsgi.py goes before src/wsgi.py.
  if (least == 0 && files.size() > 1) files.resize(1);
  return files;
}

// The name that the file serves, even if only running it shows what it is.
Result<SurveyedName> name_in(const SurveyedModule& module) {
  if (const auto best = best_names(module); !best.empty()) return *best.front();
  for (const SurveyedName& name : module.names)
    if (name.is_usual && name.kind == NameKind::kUnknown) return name;
  // A broken file is told about with the line, later.
  if (module.is_open || !module.problem.empty())
    return SurveyedName{.name = "application", .what = "a wsgi.py", .where = module.path};
  std::string detail = module.path +
                       " has nothing that can be served: none of application, app and "
                       "create_app() is a WSGI application";
  for (const SurveyedName& name : module.names)
    detail += "\n" + name.where + ": " + name.name + " is " +
              (name.kind == NameKind::kAsgi ? "an ASGI application of " : "") + name.what;
  return fail(Errc::kApplication, detail +
                                      "\nBind one of them, or name the callable with "
                                      "--callable-object");
}

tl::unexpected<Error> several(const std::string& directory,
                              const std::vector<const SurveyedModule*>& files) {
  std::string detail = "several candidates in " + directory + "; name one:";
  for (const SurveyedModule* const file : files) {
    const auto name = name_in(*file);
    detail += "\nstart-server " + file->name + ":" + (name ? name->name : "application");
  }
  return fail(Errc::kAmbiguous, detail);
}

Result<bool> take_without_python(Search& search) {
  WARP_TRY(auto application, find_wsgi_file(search.project.directory));
  if (!application) return false;
  search.project.application = *std::move(application);
  search.project.evidence.push_back({"a wsgi.py", search.project.application.target});
  return true;
}

}  // namespace

Result<bool> look_for_wsgi_file(Search& search) {
  Project& project = search.project;
  if (!can_survey(project)) return take_without_python(search);
  WARP_TRY(const Survey* const survey, survey_project(search));
  const std::vector<const SurveyedModule*> files = outermost_wsgi_files(*survey);
  if (files.empty()) return false;
  if (files.size() > 1) return several(project.directory, files);
  const SurveyedModule& file = *files.front();
  SurveyedName name{
      .name = search.settings.callable_object, .what = "a wsgi.py", .where = file.path};
  if (name.name.empty()) {
    WARP_TRY(name, name_in(file));
  }
  name.where = path_below(name.where, project.directory);
  take_candidate(project, {.module = &file, .name = &name});
  // As it was always served, and need not be importable: its folder may not be on the path.
  if (file.name == "wsgi") {
    project.application.target = file.path;
    project.application.is_script = true;
  }
  project.application.origin = path_below(file.path, project.directory);
  if (file.server)
    search.host.warn(file.server->where + ": " + file.server->what +
                     ", which never ends there; put it below if __name__ == \"__main__\":");
  return true;
}

std::string callable_in(std::string_view script) {
  static const std::regex application(R"(\bapplication\b)");
  static const std::regex app(R"(\bapp\b)");
  const std::string text(script);
  if (!std::regex_search(text, application) && std::regex_search(text, app)) return "app";
  return "application";
}

Result<std::optional<Application>> find_wsgi_file(const std::string& directory) {
  const std::string path = directory + "/wsgi.py";
  if (is_file(path))
    return Application{
        .target = path, .callable = callable_of(path), .origin = "wsgi.py", .is_script = true};
  const std::vector<std::string> packages = packages_with_wsgi(directory);
  if (packages.empty()) return std::nullopt;
  if (packages.size() > 1) return several(directory, packages);
  const std::string& package = packages.front();
  return Application{.target = package + ".wsgi",
                     .callable = callable_of(directory + "/" + package + "/wsgi.py"),
                     .origin = package + "/wsgi.py"};
}

}  // namespace warp
