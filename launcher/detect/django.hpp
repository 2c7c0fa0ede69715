// Django projects: manage.py names the settings module, the settings name the rest.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// True for a manage.py that is Django's and not another tool's.
[[nodiscard]] bool is_django_project(const std::string& directory);

// Asks the settings that the environment names, else those that the project's wsgi.py sets, else
// manage.py's. `project` has directory, user and Python, and gets the evidence.
[[nodiscard]] Result<Django> ask_django(Host& host, const Settings& settings, Project& project);

// "site.wsgi.application", or what Django's startproject would have made, as an application.
[[nodiscard]] Result<Application> django_application(const Django& django,
                                                     const std::string& directory);

}  // namespace warp
