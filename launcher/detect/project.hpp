// What was found out about the project.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/python_home.hpp"
#include "launcher/detect/evidence.hpp"
#include "launcher/host/host.hpp"

namespace warp {

// The Python that the project runs on.
struct Python {
  std::string home{};        // empty: the system's
  std::string executable{};  // bin/python of the home; empty when the system's is not to be found
  PythonVersion version{};
};

enum class ApplicationKind {
  kWsgi,          // httpd's module serves it
  kShellScript,   // app.sh, which starts a server of its own
  kPythonScript,  // app.py, likewise
  kPaste,         // a deployment file of Paste, which describes how the application is made
};

struct Application {
  std::string target{};    // absolute path of a script, or a module's dotted name
  std::string callable{};  // "application"; "create_app()" for a factory
  std::string origin{};    // for the banner: "Django, manage.py", "wsgi.py"
  bool is_script = false;
  ApplicationKind kind = ApplicationKind::kWsgi;
};

// Not what httpd serves, as it does Paste's deployment files.
[[nodiscard]] inline bool is_server_script(const Application& application) {
  return application.kind == ApplicationKind::kShellScript ||
         application.kind == ApplicationKind::kPythonScript;
}

// A folder that the application's framework serves at a URL.
struct StaticFolder {
  std::string what{};    // "Flask's static folder"
  std::string where{};   // "app.py:5"
  std::string url{};     // as the application sees it, below the mount point
  std::string folder{};  // absolute
};

// What the project says of an option that nobody has set.
struct DetectedValue {
  std::string option{};  // "processes"
  std::string value{};
  std::string where{};  // "Procfile:1: --workers"
};

// The project's answers, see ask_django.py.
struct Django {
  std::string settings_module{};
  std::string wsgi_application{};  // "site.wsgi.application"; empty when the settings name none
  std::string static_url{};        // empty when there is none
  std::string static_root{};       // absolute; empty when there is none
  std::string whitenoise_root{};   // likewise
  bool has_whitenoise = false;     // its middleware serves the static files
  bool has_staticfiles = false;
  bool is_debugging = false;
  bool has_weak_key = false;  // as `manage.py check --deploy` sees it
  std::vector<std::string> allowed_hosts{};
};

struct Project {
  std::string directory{};
  std::string working_directory{};         // the application's current one; empty: `directory`
  std::vector<std::string> import_path{};  // where its imports start; empty: `directory`
  Account user{};
  Python python{};
  Application application{};
  std::optional<Django> django{};
  std::vector<StaticFolder> static_folders{};
  std::vector<DetectedValue> values{};
  std::vector<Evidence> evidence{};
};

}  // namespace warp
