// Django projects: manage.py names the settings module, the settings name the rest.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// True for a manage.py that is Django's and not another tool's.
[[nodiscard]] bool is_django_project(const std::string& directory);

// The module that manage.py sets as DJANGO_SETTINGS_MODULE, read without running it; "" for none.
[[nodiscard]] std::string settings_module_in(std::string_view manage_py);

// Asks the settings. `project` has directory, user and Python.
[[nodiscard]] Result<Django> ask_django(Host& host, const Settings& settings,
                                        const Project& project);

// "site.wsgi.application", or what Django's startproject would have made, as an application.
[[nodiscard]] Result<Application> django_application(const Django& django,
                                                     const std::string& directory);

}  // namespace warp
