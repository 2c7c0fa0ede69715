// Applications that the files of another server name: Procfile, gunicorn.conf.py, uwsgi.ini.
#pragma once

#include "launcher/detect/survey.hpp"

namespace warp {

// Each is true when it has put an application into the project.
[[nodiscard]] Result<bool> look_at_procfile(Search& search);
[[nodiscard]] Result<bool> look_at_server_files(Search& search);

}  // namespace warp
