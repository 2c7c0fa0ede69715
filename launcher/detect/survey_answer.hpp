// What the survey's script says of a project's Python files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "launcher/detect/project.hpp"

namespace warp {

enum class NameKind { kWsgi, kAsgi, kOther, kUnknown };

// A name in a file that could be the application.
struct SurveyedName {
  std::string name{};  // "app", "create_app()"
  NameKind kind = NameKind::kUnknown;
  std::string what{};              // "Flask"
  std::string where{};             // "shop/web.py:12"
  bool is_usual = false;           // application, app, create_app() and the like
  std::vector<std::string> via{};  // "/srv/shop/web.py:app": the names that it was imported from
  std::vector<StaticFolder> static_folders{};
  std::vector<Evidence> notes{};
};

struct SurveyedModule {
  std::string path{};
  std::string root{};     // the folder that its imports start from
  std::string name{};     // "shop.web"
  unsigned tier = 0;      // 0: the usual files at the top, 1: packages, 2: other files at the top
  std::string problem{};  // why it could not be read; empty: it could
  bool is_open = false;   // may have names that nobody sees without running it
  bool imports_neighbours = false;   // its folder stands for itself
  std::optional<Evidence> server{};  // a server that starts when the file is imported
  unsigned port_line = 0;            // where it asks for $PORT; 0: nowhere
  std::vector<SurveyedName> names{};
  std::optional<SurveyedName> named{};  // the name that was asked for
};

struct Survey {
  std::vector<SurveyedModule> modules{};
  std::optional<SurveyedModule> named{};
  std::string cut_short{};  // why not everything was looked at
};

// A number or text that a Python file binds to a name.
struct Constant {
  std::string name{};
  std::optional<std::string> value{};  // nullopt: can't be told without running the file
  std::string where{};
};

[[nodiscard]] Result<Survey> parse_survey(std::string_view json);
[[nodiscard]] Result<SurveyedName> parse_surveyed_name(std::string_view json);
[[nodiscard]] Result<std::vector<Constant>> parse_constants(std::string_view json);

}  // namespace warp
