// Deployment files of Paste: production.ini and the like.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp {

// A file that describes an application, not only loggers or a server.
[[nodiscard]] bool is_paste_text(std::string_view text);

// By its name: what a person names is taken at its word.
[[nodiscard]] inline bool is_paste_file(std::string_view path) { return path.ends_with(".ini"); }

// The deployment files in the folder, by name.
[[nodiscard]] std::vector<std::string> paste_files_in(const std::string& directory);

}  // namespace warp
