#include "launcher/detect/nothing_found.hpp"

#include "launcher/host/files.hpp"

namespace warp {

tl::unexpected<Error> nothing_found(const std::string& directory,
                                    const std::vector<Evidence>& near) {
  std::string detail = "no project found in " + directory +
                       ". Looked for: Procfile (web:), gunicorn.conf.py, uwsgi.ini, app.sh, "
                       "manage.py (Django), wsgi.py, */wsgi.py, *.ini (Paste), an application "
                       "named application, app or create_app() in app.py, main.py or a package. "
                       "Go to the project's folder, name it with --working-directory, or name "
                       "what to serve: start-server path/to/script.py, or "
                       "package.module:callable";
  for (const Evidence& each : near) detail += "\n" + each.where + ": " + each.what;
  return fail(Errc::kNotFound, detail);
}

}  // namespace warp
