// What ENTRY names, and which folder is the project's.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

struct Entry {
  enum class Kind { kNone, kScript, kModule, kFolder };
  Kind kind = Kind::kNone;
  std::string target{};    // absolute path, or dotted name
  std::string callable{};  // after the colon of module:callable or module:factory()
};

// "shop.web"
[[nodiscard]] bool is_dotted_name(std::string_view text);
// The same, or a factory: "create_app()".
[[nodiscard]] bool is_callable_name(std::string_view text);

// `project_directory` is a second place to look for a relative path; empty for none.
[[nodiscard]] Result<Entry> read_entry(const Settings& settings,
                                       const std::string& project_directory);

// --working-directory, else the folder that ENTRY is, or that a script's imports start from (the
// first one upwards that is no package), else the current directory.
[[nodiscard]] std::string find_project_directory(const Settings& settings,
                                                 const std::string& current_directory);

}  // namespace warp
