#include "launcher/detect/find_object.hpp"

#include <algorithm>

#include "launcher/detect/choose_application.hpp"
#include "launcher/detect/small_file.hpp"

namespace warp {
namespace {

// Each takes as long as the project takes to import.
constexpr std::size_t kMostImports = 4;

tl::unexpected<Error> several(const Project& project, const std::vector<Candidate>& candidates) {
  std::string detail = "several applications in " + project.directory + "; name one:";
  for (const Candidate& each : candidates) detail += "\n" + command_for(each);
  return fail(Errc::kAmbiguous, detail);
}

tl::unexpected<Error> speaks_asgi(const SurveyedName& name) {
  return fail(Errc::kApplication,
              name.where + ": " + name.name + " is a " + name.what +
                  " application, which speaks ASGI; httpd's module serves WSGI. Serve it with an "
                  "ASGI server, or wrap it (a2wsgi.ASGIMiddleware)");
}

const SurveyedName* asgi_name_in(const Survey& survey) {
  for (const SurveyedModule& module : survey.modules)
    for (const SurveyedName& name : module.names)
      if (name.kind == NameKind::kAsgi && name.is_usual && module.tier < 2) return &name;
  return nullptr;
}

// Reading has shown names like app, but not what they stand for.
Result<bool> import_unknown(Search& search, const std::vector<Candidate>& unknown) {
  std::vector<SurveyedName> told;
  std::vector<Candidate> candidates;
  told.reserve(unknown.size());
  for (const Candidate& each : unknown) {
    Project trial = search.project;
    take_candidate(trial, each);
    Search importing{search.host, search.settings, trial};
    WARP_TRY(SurveyedName answer, ask_application(importing, trial.application));
    answer.name = each.name->name;
    answer.where = each.name->where;
    told.push_back(std::move(answer));
    const SurveyedName& name = told.back();
    if (name.kind == NameKind::kAsgi) return speaks_asgi(name);
    if (name.kind == NameKind::kWsgi)
      candidates.push_back({each.module, &name});
    else
      search.project.evidence.push_back(
          {name.name + " is " + name.what + ", which is no WSGI application", name.where});
  }
  if (candidates.size() > 1) return several(search.project, candidates);
  if (candidates.empty()) return false;
  take_candidate(search.project, candidates.front());
  return true;
}

// Those in files that go before the ones where reading was enough.
std::vector<Candidate> unknown_before(const Survey& survey, const std::vector<Candidate>& best) {
  std::vector<Candidate> unknown = unknown_candidates(survey);
  if (!best.empty())
    std::erase_if(unknown, [&](const Candidate& each) {
      return each.module->tier >= best.front().module->tier;
    });
  if (unknown.size() > kMostImports) unknown.resize(kMostImports);
  return unknown;
}

const SurveyedModule* script_in(const Survey& survey, const std::string& path) {
  const auto found =
      std::find_if(survey.modules.begin(), survey.modules.end(),
                   [&](const SurveyedModule& module) { return module.path == path; });
  return found == survey.modules.end() ? nullptr : &*found;
}

bool look_for_script(Project& project, const Survey& survey) {
  const std::string path = project.directory + "/app.py";
  const SurveyedModule* const module = script_in(survey, path);
  if (module == nullptr || module->port_line == 0) return false;
  project.application = {.target = path,
                         .origin = "app.py",
                         .is_script = true,
                         .kind = ApplicationKind::kPythonScript};
  if (module->server) project.evidence.push_back(*module->server);
  project.evidence.push_back(
      {"a script that listens on $PORT by itself", "app.py:" + std::to_string(module->port_line)});
  return true;
}

// What the reader of "no project found" may have meant.
void tell_near_misses(Project& project, const Survey& survey) {
  for (const SurveyedModule& module : survey.modules) {
    const std::string where = path_below(module.path, project.directory);
    if (module.tier > 1) continue;
    if (!module.problem.empty())
      project.evidence.push_back({"can't be read as Python: " + module.problem, where});
    else if (module.server)
      project.evidence.push_back({module.server->what +
                                      ", so it can't be imported; put that below if __name__ == "
                                      "\"__main__\":",
                                  module.server->where});
    for (const SurveyedName& name : module.names)
      if (name.kind == NameKind::kOther && name.is_usual)
        project.evidence.push_back({name.name + " is " + name.what, name.where});
  }
}

}  // namespace

Result<bool> look_for_object(Search& search) {
  if (!can_survey(search.project)) return false;
  WARP_TRY(const Survey* const survey, survey_project(search));
  const std::vector<Candidate> best = best_candidates(*survey);
  auto is_imported = import_unknown(search, unknown_before(*survey, best));
  // A file that can't even be imported gives way to one that needs no import.
  if (!is_imported && (best.empty() || is_imported.error().code != Errc::kPython))
    return is_imported;
  if (is_imported && *is_imported) return true;
  if (best.size() > 1) return several(search.project, best);
  if (best.size() == 1) {
    take_candidate(search.project, best.front());
    return true;
  }
  if (const SurveyedName* const asgi = asgi_name_in(*survey)) return speaks_asgi(*asgi);
  if (look_for_script(search.project, *survey)) return true;
  tell_near_misses(search.project, *survey);
  return false;
}

}  // namespace warp
