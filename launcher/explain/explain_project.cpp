#include "launcher/explain/explain_project.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"
#include "launcher/explain/secrets.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

std::string line(std::string_view label, const std::string& value) {
  return fmt::format("{:<11}  {}\n", label, printable(value));
}

std::string application_of(const Application& application) {
  return application.target + ":" + application.callable + " (" + application.origin + ")";
}

std::string python_of(const Python& python) {
  return to_string(python.version) + " (" + (python.home.empty() ? "system" : python.home) + ")";
}

std::string evidence_of(const Evidence& evidence) {
  const std::string where =
      evidence.where.empty() ? "" : " [" + without_password(evidence.where) + "]";
  return "- " + printable(without_password(evidence.what) + where) + "\n";
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

}  // namespace

std::string explanation_text(const Project& project) {
  std::string text = line("Project", project.directory);
  text += line("Application", application_of(project.application));
  text += line("Python", python_of(project.python));
  text += line("User", project.user.name + ":" + project.user.group);
  text += "\nBecause\n";
  for (const Evidence& evidence : project.evidence) text += evidence_of(evidence);
  return text;
}

std::string explanation_json(const Project& project) {
  Json evidence = Json::array();
  for (const Evidence& each : project.evidence)
    evidence.push_back(
        {{"what", without_password(each.what)}, {"where", or_null(without_password(each.where))}});
  const Application& application = project.application;
  const Json document = {{"project", project.directory},
                         {"application",
                          {{"target", application.target},
                           {"callable", application.callable},
                           {"origin", application.origin}}},
                         {"python",
                          {{"version", to_string(project.python.version)},
                           {"home", or_null(project.python.home)},
                           {"executable", or_null(project.python.executable)}}},
                         {"user", project.user.name},
                         {"group", project.user.group},
                         {"evidence", std::move(evidence)}};
  return as_document(document);
}

}  // namespace warp
