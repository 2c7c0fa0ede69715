#include "launcher/detect/named_application.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

// gunicorn.conf.py is read for the Procfile and for itself.
bool is_known(const Project& project, const Evidence& evidence) {
  return std::any_of(project.evidence.begin(), project.evidence.end(), [&](const Evidence& each) {
    return each.what == evidence.what && each.where == evidence.where;
  });
}

void add_evidence(Project& project, Evidence evidence) {
  if (!is_known(project, evidence)) project.evidence.push_back(std::move(evidence));
}

void add_value(Project& project, const DetectedValue& value) {
  if (!parse_unsigned(value.value)) {
    add_evidence(project, {value.option + " is no plain number (" + printable(value.value) +
                               "), so it is not taken",
                           value.where});
    return;
  }
  if (std::any_of(project.values.begin(), project.values.end(),
                  [&](const DetectedValue& known) { return known.option == value.option; }))
    return;
  project.values.push_back(value);
  add_evidence(project, {value.option + " = " + value.value, value.where});
}

// Arguments and what follows = or a scheme may hold passwords.
std::string without_arguments(const std::string& text) {
  const std::size_t end = std::min(text.find_first_of("(="), text.find("://"));
  return printable(text.substr(0, end)) +
         (end == std::string::npos ? "" : text[end] + std::string("..."));
}

Result<> set_folders(Search& search, const NamedApplication& named) {
  Project& project = search.project;
  if (!named.directory.empty() && !is_directory(named.directory))
    return fail(Errc::kNotFound, named.where + ": " + named.server + " changes to " +
                                     printable(named.directory) +
                                     ": no such folder; correct it, or name the application: "
                                     "start-server package.module:callable");
  if (!named.directory.empty()) {
    project.working_directory = named.directory;
    project.evidence.push_back({"the application's folder is " + named.directory, named.where});
  }
  if (named.directory.empty() && named.python_path.empty()) return {};
  project.import_path = {working_directory_of(project)};
  for (const std::string& path : named.python_path)
    if (is_directory(path)) project.import_path.push_back(path);
  return {};
}

std::string target_and_callable(const Application& application) {
  return application.target + ":" + application.callable;
}

tl::unexpected<Error> no_such_name(const SurveyedModule& module, const Application& application,
                                   const std::string& where) {
  std::string there;
  for (const SurveyedName& name : module.names)
    if (name.kind == NameKind::kWsgi) there += (there.empty() ? "" : ", ") + name.name;
  return fail(Errc::kApplication, where + ": " + target_and_callable(application) + ": " +
                                      module.path + " has no name " + application.callable + " (" +
                                      (there.empty() ? "nothing in it looks like a WSGI application"
                                                     : "there is: " + there) +
                                      "); correct the name, or add --callable-object NAME");
}

void add_import_root(Project& project, const std::string& root) {
  if (root == working_directory_of(project) || !project.import_path.empty()) return;
  project.import_path = {root, working_directory_of(project)};
}

}  // namespace

NamedApplication merged(NamedApplication first, const NamedApplication& second) {
  if (first.module.empty() && first.script.empty()) {
    first.module = second.module;
    first.script = second.script;
    if (!first.module.empty() || !first.script.empty()) first.where = second.where;
  }
  if (first.callable.empty()) first.callable = second.callable;
  if (first.directory.empty()) first.directory = second.directory;
  if (first.python_path.empty()) first.python_path = second.python_path;
  for (const DetectedValue& value : second.values)
    if (std::none_of(first.values.begin(), first.values.end(),
                     [&](const DetectedValue& own) { return own.option == value.option; }))
      first.values.push_back(value);
  first.notes.insert(first.notes.end(), second.notes.begin(), second.notes.end());
  return first;
}

Result<> set_module(NamedApplication& named, const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string module = text.substr(0, colon);
  const std::string callable = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  if (!is_dotted_name(module) || (!callable.empty() && !is_callable_name(callable)))
    return fail(Errc::kInvalidSetting,
                named.where + ": " + named.server + " is given " + without_arguments(text) +
                    ", which is not of the form package.module:callable or "
                    "package.module:factory(); a factory that needs arguments can be called in a "
                    "module of its own. Or name the application: start-server "
                    "package.module:callable");
  named.module = module;
  if (!callable.empty()) named.callable = callable;
  return {};
}

Result<bool> take_named(Search& search, const NamedApplication& named) {
  Project& project = search.project;
  for (const Evidence& note : named.notes) add_evidence(project, note);
  for (const DetectedValue& value : named.values) add_value(project, value);
  WARP_CHECK(set_folders(search, named));
  if (named.module.empty() && named.script.empty()) return false;
  if (!named.script.empty() && !is_file(named.script))
    return fail(Errc::kNotFound, named.where + ": " + named.server + " is given the script " +
                                     printable(named.script) + ": no such file; correct it");
  const std::string& wanted = search.settings.callable_object;
  const std::string& said = wanted.empty() ? named.callable : wanted;
  project.application = {.target = named.script.empty() ? named.module : named.script,
                         .callable = said.empty() ? "application" : said,
                         .origin = named.server + ", " + named.where,
                         .is_script = !named.script.empty()};
  project.evidence.push_back(
      {named.server + " serves " + target_and_callable(project.application), named.where});
  WARP_CHECK(check_application(search, named.where));
  return true;
}

Result<> check_application(Search& search, const std::string& where) {
  Project& project = search.project;
  if (!can_survey(project)) return {};
  const auto surveyed = survey_named(search, project.application);
  if (!surveyed) {
    if (surveyed.error().code == Errc::kClosed) return tl::unexpected(surveyed.error());
    search.host.warn("the application's file was not looked at: " + surveyed.error().detail);
    return {};
  }
  const auto& module = *surveyed;
  if (!module) {
    project.evidence.push_back({project.application.target +
                                    " is not among the project's files, so it is taken from its "
                                    "Python environment",
                                where});
    return {};
  }
  // What is wrong with its syntax is told later, with the line.
  if (!module->problem.empty()) return {};
  if (!project.application.is_script) add_import_root(project, module->root);
  if (module->server)
    search.host.warn(module->server->where + ": " + module->server->what +
                     ", which never ends there; put it below if __name__ == \"__main__\":");
  if (!module->named)
    return module->is_open ? Result<>() : no_such_name(*module, project.application, where);
  const SurveyedName& name = *module->named;
  if (name.kind == NameKind::kAsgi)
    return fail(Errc::kApplication,
                name.where + ": " + target_and_callable(project.application) + " is a " +
                    name.what +
                    " application, which speaks ASGI; httpd's module serves WSGI. "
                    "Serve it with an ASGI server, or wrap it (a2wsgi.ASGIMiddleware)");
  project.evidence.push_back({name.name + ": " + name.what, name.where});
  project.evidence.insert(project.evidence.end(), name.notes.begin(), name.notes.end());
  project.static_folders.insert(project.static_folders.end(), name.static_folders.begin(),
                                name.static_folders.end());
  return {};
}

}  // namespace warp
