// Variables written down in a file, as in .warpdrive/environment: read as text, never run.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "launcher/host/host.hpp"

namespace warp {

// A line each: NAME=value, NAME='as it stands', NAME="with \" \\ \n". White space around a plain
// value does not belong to it; `export` before a name, empty lines and lines that begin with # are
// read over. A $ means nothing. All errors at once, with `origin` and the line's number,
// and never what may be a secret.
[[nodiscard]] Result<Environment> parse_environment(const std::string& origin,
                                                    std::string_view text);

}  // namespace warp
