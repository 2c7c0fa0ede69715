// Deployment files of Paste: production.ini and the like.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp {

// A file that describes an application, not only loggers or a server.
[[nodiscard]] bool is_paste_text(std::string_view text);

// The deployment files in the folder, by name.
[[nodiscard]] std::vector<std::string> paste_files_in(const std::string& directory);

}  // namespace warp
