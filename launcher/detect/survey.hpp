// Looking at a project's Python files, by a script in the project's Python that imports none of
// them (survey/*.py).
#pragma once

#include "launcher/detect/survey_answer.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// What the stages of the search know and add to.
struct Search {
  Host& host;
  const Settings& settings;  // its project_directory is the folder that is searched
  Project& project;
  std::optional<Survey> survey{};  // of the usual places, once somebody has asked
};

// False where only Python's library is installed: it can serve, but there is nobody to ask.
[[nodiscard]] bool can_survey(const Project& project);

// The folders that imports may start from: the project's, and src if that is no package.
[[nodiscard]] std::vector<std::string> import_roots(const std::string& directory);

// The usual places; looked at once. The search owns it.
[[nodiscard]] Result<const Survey*> survey_project(Search& search);

// The module or script that the application is said to be in; nothing for one that is not among the
// project's files.
[[nodiscard]] Result<std::optional<SurveyedModule>> survey_named(const Search& search,
                                                                 const Application& application);

// Imports the module of the application, with a time limit, to see what its callable is.
[[nodiscard]] Result<SurveyedName> ask_application(const Search& search,
                                                   const Application& application);

// What a file of settings in Python binds to the names.
[[nodiscard]] Result<std::vector<Constant>> read_constants(const Search& search,
                                                           const std::string& path,
                                                           const std::vector<std::string>& names);

}  // namespace warp
