// warpdrive-express convert: another server's configuration as a warpdrive.toml.
#pragma once

#include "launcher/host/host.hpp"

namespace warp {

// The text to print. kNotFound or kInvalidSetting for a file that none of the tables is for.
[[nodiscard]] Result<std::string> convert_file(const std::string& path, Host& host);

}  // namespace warp
