#include "launcher/detect/survey.hpp"

#include <algorithm>

#include "launcher/detect/python_script.hpp"
#include "launcher/detect/scripts.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

Result<std::string> ask(const Search& search, const Json& question, const std::string& purpose) {
  return run_python_script(
      search.host, search.project,
      {.text = kSurveyScript,
       .arguments = {question.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace)},
       .purpose = purpose,
       .sees = PythonScript::Sees::kStandardLibrary});
}

Json question_about(const Search& search) {
  std::vector<std::string> roots = search.project.import_path;
  for (std::string& root : import_roots(search.project.directory))
    if (std::find(roots.begin(), roots.end(), root) == roots.end())
      roots.push_back(std::move(root));
  roots.insert(roots.end(), search.settings.python_path.begin(), search.settings.python_path.end());
  return {{"directory", search.project.directory}, {"roots", roots}, {"named", nullptr}};
}

}  // namespace

bool can_survey(const Project& project) { return !project.python.executable.empty(); }

std::vector<std::string> import_roots(const std::string& directory) {
  std::vector<std::string> roots{directory};
  const std::string sources = directory + "/src";
  if (is_directory(sources) && !is_file(sources + "/__init__.py")) roots.push_back(sources);
  return roots;
}

Result<const Survey*> survey_project(Search& search) {
  if (!search.survey) {
    WARP_TRY(const std::string answer,
             ask(search, question_about(search), "look at the Python files of the project"));
    WARP_TRY(search.survey, parse_survey(answer));
    if (!search.survey->cut_short.empty()) search.host.warn(search.survey->cut_short);
  }
  return &*search.survey;
}

Result<std::optional<SurveyedModule>> survey_named(const Search& search,
                                                   const Application& application) {
  Json question = question_about(search);
  question["named"] = {{application.is_script ? "path" : "module", application.target},
                       {"callable", application.callable}};
  WARP_TRY(const std::string answer, ask(search, question, "look at " + application.target));
  WARP_TRY(Survey survey, parse_survey(answer));
  return std::move(survey.named);
}

Result<SurveyedName> ask_application(const Search& search, const Application& application) {
  PythonScript script{.text = kAskApplicationScript,
                      .arguments = {application.is_script ? "path" : "module", application.target,
                                    application.callable},
                      .purpose = "import " + application.target + " to see what its '" +
                                 application.callable + "' is, which reading it can't tell"};
  const std::vector<std::string> path = python_path_of(search.settings, search.project);
  script.arguments.insert(script.arguments.end(), path.begin(), path.end());
  WARP_TRY(const std::string answer, run_python_script(search.host, search.project, script));
  return parse_surveyed_name(answer);
}

Result<std::vector<Constant>> read_constants(const Search& search, const std::string& path,
                                             const std::vector<std::string>& names) {
  Json question = question_about(search);
  question["constants"] = {{"path", path}, {"names", names}};
  WARP_TRY(const std::string answer, ask(search, question, "read " + path));
  return parse_constants(answer);
}

}  // namespace warp
