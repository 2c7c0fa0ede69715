// What is served, and with which Python.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kApplication = "Application";

inline constexpr std::array kApplicationOptions = {
    Option{.name = "entry-point",
           .value_name = "ENTRY",
           .otherwise = "found by itself",
           .group = kApplication,
           .help = "What to serve: a script file, a deployment file of Paste (*.ini), or "
                   "`package.module`, "
                   "`package.module:callable` or `package.module:create_app()`, a factory; a "
                   "folder is searched like the working "
                   "directory. Also the argument of "
                   "start-server",
           .store = store_located<&Settings::entry_point>},
    Option{.name = "application-type",
           .value_name = "TYPE",
           .otherwise = "by the look of the entry point",
           .group = kApplication,
           .help = "How the entry point is meant",
           .store = store_choice<&Settings::application_type>,
           .choices = "script|module|paste"},
    Option{.name = "callable-object",
           .value_name = "NAME",
           .otherwise = "application",
           .group = kApplication,
           .help = "Name of the WSGI callable in the entry point, or `create_app()` for a factory",
           .store = store_text<&Settings::callable_object>},
    Option{.name = "mount-point",
           .value_name = "URL",
           .fallback = "/",
           .group = kApplication,
           .help = "Where the application starts in the URL space",
           .store = store_text<&Settings::mount_point>},
    Option{.name = "working-directory",
           .value_name = "DIR",
           .otherwise = "the current directory, or the folder that the entry point's imports start "
                        "from",
           .group = kApplication,
           .help = "The project's folder: searched for the project, its warpdrive.toml and its "
                   "virtual environment; the application's current directory and first on sys.path",
           .store = store_path<&Settings::working_directory>},
    Option{.name = "python-home",
           .value_name = "DIR",
           .otherwise =
               "$VIRTUAL_ENV, else .venv or venv in the project's folder, else the system's "
               "Python",
           .group = kApplication,
           .help = "Virtual environment or prefix of the Python to use",
           .store = store_path<&Settings::python_home>},
    Option{.name = "python-path",
           .shape = Shape::kMany,
           .value_name = "DIR",
           .group = kApplication,
           .help = "A further directory for sys.path",
           .store = store_paths<&Settings::python_path>},
    Option{.name = "setenv",
           .shape = Shape::kPairs,
           .value_name = "NAME VALUE",
           .group = kApplication,
           .help = "A variable for the WSGI environ of each request",
           .store = store_pairs<&Settings::setenv>},
};

}  // namespace warp
