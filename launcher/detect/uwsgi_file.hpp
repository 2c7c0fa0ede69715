// uwsgi.ini: the settings of uWSGI.
#pragma once

#include "launcher/detect/ini_file.hpp"
#include "launcher/detect/named_application.hpp"

namespace warp {

// The section [uwsgi], with dashes in the keys. %d, %(name) and $(VARIABLE) are replaced; a value
// that this makes longer than 4 KiB is an error, since each line may double the one before.
[[nodiscard]] Result<std::vector<IniEntry>> read_uwsgi_entries(std::string_view text,
                                                               const std::string& path,
                                                               const Environment& environment);

// `where` is the file's path as it is shown.
[[nodiscard]] Result<NamedApplication> read_uwsgi_text(std::string_view text,
                                                       const std::string& path,
                                                       const std::string& where,
                                                       const Environment& environment);

}  // namespace warp
