// Which of the applications that were found is the one.
#pragma once

#include "launcher/detect/survey.hpp"

namespace warp {

struct Candidate {
  const SurveyedModule* module = nullptr;
  const SurveyedName* name = nullptr;
};

// The usual files at the top go before packages, those before other files; of two like that, the
// one into which the other's application was imported. Empty: none; one: the winner; several:
// nothing decides between them.
[[nodiscard]] std::vector<Candidate> best_candidates(const Survey& survey);

// Names like app that only importing can tell about.
[[nodiscard]] std::vector<Candidate> unknown_candidates(const Survey& survey);

// The name in a file that is to be served: application before app before a factory before an object
// of a framework with a name of its own. Several when nothing decides.
[[nodiscard]] std::vector<const SurveyedName*> best_names(const SurveyedModule& module);

// Puts it into the project.
void take_candidate(Project& project, const Candidate& candidate);

// "start-server shop.web:app", with the place.
[[nodiscard]] std::string command_for(const Candidate& candidate);

}  // namespace warp
