// The files of other servers that can be converted, a table each.
#pragma once

#include "launcher/convert/conversion.hpp"
#include "launcher/host/host.hpp"

namespace warp {

struct SourceFile {
  std::string path{};  // absolute
  std::string text{};
};

// Read, never run: a value that only the running file knows is left.
[[nodiscard]] Result<Conversion> convert_gunicorn(const SourceFile& file, Host& host);
[[nodiscard]] Result<Conversion> convert_uwsgi(const SourceFile& file,
                                               const Environment& environment);
// Of mod_wsgi.
[[nodiscard]] Conversion convert_virtual_host(const SourceFile& file);
// Of NGINX Unit.
[[nodiscard]] Result<Conversion> convert_unit(const SourceFile& file);

}  // namespace warp
