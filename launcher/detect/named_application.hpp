// What a command line or a configuration file of another server says of the application.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "launcher/detect/survey.hpp"

namespace warp {

struct NamedApplication {
  std::string server{};                    // "gunicorn"
  std::string where{};                     // "Procfile:1"
  std::string module{};                    // "shop.wsgi"
  std::string script{};                    // a file, absolute
  std::string callable{};                  // "app", "create_app()"; empty: "application"
  std::string directory{};                 // that the server changes to, absolute; empty: none
  std::vector<std::string> python_path{};  // absolute
  std::vector<DetectedValue> values{};     // as written; numbers or not
  std::string config_file{};               // another place that says more, absolute
  std::vector<Evidence> notes{};
};

// What `first` does not say, `second` may.
[[nodiscard]] NamedApplication merged(NamedApplication first, const NamedApplication& second);

// "module", "module:callable" or "module:factory()".
[[nodiscard]] Result<> set_module(NamedApplication& named, const std::string& text);

// Puts it into the project. False when it names neither module nor script: then only the values and
// what was seen are kept.
[[nodiscard]] Result<bool> take_named(Search& search, const NamedApplication& named);

// Looks at the file of project.application, if it is one of the project's: whether it has that
// callable, and which folders it serves.
[[nodiscard]] Result<> check_application(Search& search, const std::string& where);

}  // namespace warp
