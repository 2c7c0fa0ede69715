// gunicorn.conf.py: the settings of gunicorn, a Python file.
#pragma once

#include "launcher/detect/named_application.hpp"

namespace warp {

// Plain values only; nothing is run.
[[nodiscard]] Result<NamedApplication> read_gunicorn_file(const Search& search,
                                                          const std::string& path);

}  // namespace warp
