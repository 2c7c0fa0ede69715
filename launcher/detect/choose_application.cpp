#include "launcher/detect/choose_application.hpp"

#include <algorithm>

#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

// A wsgi.py had its turn before; a server that starts on import would never let the worker go on.
bool may_be_chosen(const SurveyedModule& module) {
  return !module.server && !module.imports_neighbours && name_of(module.path) != "wsgi.py";
}

bool comes_from(const Candidate& candidate, const Candidate& other) {
  if (candidate.module == other.module || candidate.module->tier > other.module->tier) return false;
  const std::string prefix = other.module->path + ":";
  return std::any_of(candidate.name->via.begin(), candidate.name->via.end(),
                     [&](const std::string& source) { return source.starts_with(prefix); });
}

std::string target_of(const SurveyedModule& module) {
  return is_dotted_name(module.name) ? module.name : module.path;
}

}  // namespace

std::vector<const SurveyedName*> best_names(const SurveyedModule& module) {
  std::vector<const SurveyedName*> others;
  for (const SurveyedName& name : module.names) {
    if (name.kind != NameKind::kWsgi) continue;
    if (name.is_usual) return {&name};
    others.push_back(&name);
  }
  return others;
}

std::vector<Candidate> best_candidates(const Survey& survey) {
  std::vector<Candidate> all;
  for (const SurveyedModule& module : survey.modules)
    if (may_be_chosen(module))
      for (const SurveyedName* const name : best_names(module)) all.push_back({&module, name});
  std::vector<Candidate> outermost;
  std::copy_if(all.begin(), all.end(), std::back_inserter(outermost), [&](const Candidate& each) {
    return std::none_of(all.begin(), all.end(),
                        [&](const Candidate& other) { return comes_from(other, each); });
  });
  // Files that import each other in a ring leave none.
  if (outermost.empty()) outermost = std::move(all);
  unsigned best = ~0U;
  for (const Candidate& each : outermost) best = std::min(best, each.module->tier);
  std::erase_if(outermost, [&](const Candidate& each) { return each.module->tier != best; });
  return outermost;
}

std::vector<Candidate> unknown_candidates(const Survey& survey) {
  std::vector<Candidate> unknown;
  for (const SurveyedModule& module : survey.modules)
    if (may_be_chosen(module))
      for (const SurveyedName& name : module.names)
        if (name.kind == NameKind::kUnknown && name.is_usual) unknown.push_back({&module, &name});
  return unknown;
}

void take_candidate(Project& project, const Candidate& candidate) {
  const SurveyedModule& module = *candidate.module;
  const SurveyedName& name = *candidate.name;
  project.application = {.target = target_of(module),
                         .callable = name.name,
                         .origin = name.what + ", " + name.where,
                         .is_script = !is_dotted_name(module.name)};
  if (module.root != project.directory) project.import_path = {module.root, project.directory};
  project.evidence.push_back({name.name + ": " + name.what, name.where});
  project.evidence.insert(project.evidence.end(), name.notes.begin(), name.notes.end());
  project.static_folders = name.static_folders;
}

std::string command_for(const Candidate& candidate) {
  return "start-server " + target_of(*candidate.module) + ":" + candidate.name->name + " (" +
         candidate.name->what + ", " + candidate.name->where + ")";
}

}  // namespace warp
