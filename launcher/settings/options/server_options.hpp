// Where the server keeps what it makes, and which httpd it runs.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kServer = "Server";

inline constexpr std::array kServerOptions = {
    Option{.name = "server-type",
           .value_name = "TYPE",
           .otherwise = "auto",
           .group = kServer,
           .help = "What serves the project: `mod_warp`, httpd with warpdrive's module; another "
                   "server, which takes only host, port, url-alias and the application from here; "
                   "`python` or "
                   "`shell`, app.py or app.sh as a server of its own; `paste`, a deployment file "
                   "with mod_warp; `mod_wsgi` means mod_warp. `auto` means mod_warp for an "
                   "application, and for a script that "
                   "is a server that script",
           .store = store_chosen_word<&Settings::server_type>,
           .choices = "auto|mod_warp|gunicorn|uwsgi|waitress|python|shell|paste|mod_wsgi"},
    Option{.name = "server-root",
           .value_name = "DIR",
           .otherwise = "warpdrive-HOST:PORT:UID in $TMPDIR, /tmp or /dev/shm, whichever can be "
                        "written to",
           .group = kServer,
           .help = "Folder for the generated httpd.conf, the logs and collected static files",
           .store = store_path<&Settings::server_root>},
    Option{.name = "include-file",
           .shape = Shape::kMany,
           .value_name = "FILE",
           .group = kServer,
           .help = "A file of further httpd directives, included at the end of httpd.conf",
           .store = store_paths<&Settings::include_files>},
    Option{.name = "httpd-executable",
           .value_name = "FILE",
           .otherwise = "apache2 or httpd on the PATH",
           .group = kServer,
           .help = "The httpd program",
           .store = store_path<&Settings::httpd_executable>},
    Option{.name = "modules-directory",
           .value_name = "DIR",
           .otherwise = "the system's",
           .group = kServer,
           .help = "Where httpd's loadable modules are",
           .store = store_path<&Settings::modules_directory>},
};

}  // namespace warp
