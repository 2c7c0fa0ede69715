// uwsgi.ini: the settings of uWSGI.
#pragma once

#include "launcher/detect/named_application.hpp"

namespace warp {

// `where` is the file's path as it is shown. %d, %(name) and $(VARIABLE) are replaced.
[[nodiscard]] Result<NamedApplication> read_uwsgi_text(std::string_view text,
                                                       const std::string& path,
                                                       const std::string& where,
                                                       const Environment& environment);

}  // namespace warp
