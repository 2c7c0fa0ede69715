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

struct Application {
  std::string target{};    // absolute path of a script, or a module's dotted name
  std::string callable{};  // "application"
  std::string origin{};    // for the banner: "Django, manage.py", "wsgi.py"
  bool is_script = false;
};

// The project's answers, see ask_django.py.
struct Django {
  std::string settings_module{};
  std::string wsgi_application{};  // "site.wsgi.application"; empty when the settings name none
  std::string static_url{};        // empty when there is none
  std::string static_root{};       // absolute; empty when there is none
  bool has_staticfiles = false;
};

struct Project {
  std::string directory{};
  Account user{};
  Python python{};
  Application application{};
  std::optional<Django> django{};
  std::vector<Evidence> evidence{};
};

}  // namespace warp
