#include "launcher/convert/convert.hpp"

#include "base/strings.hpp"
#include "launcher/convert/sources.hpp"
#include "launcher/convert/toml_text.hpp"
#include "launcher/detect/small_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

bool has_line_that_begins(std::string_view text, std::string_view start) {
  for (const std::string_view line : split(text, '\n'))
    if (to_lower(trim(line)).starts_with(start)) return true;
  return false;
}

Result<Conversion> convert(const SourceFile& file, Host& host) {
  if (file.path.ends_with(".py")) return convert_gunicorn(file, host);
  if (trim(file.text).starts_with("{")) return convert_unit(file);
  if (has_line_that_begins(file.text, "[uwsgi]")) return convert_uwsgi(file, host.environment());
  if (has_line_that_begins(file.text, "wsgi")) return convert_virtual_host(file);
  return fail(Errc::kInvalidSetting,
              printable(file.path) +
                  " is none of what can be converted: gunicorn.conf.py, an .ini file with a "
                  "section [uwsgi], a virtual host with directives of mod_wsgi, NGINX Unit's JSON");
}

}  // namespace

Result<std::string> convert_file(const std::string& path, Host& host) {
  auto text = read_small_file(path);
  if (!text)
    return fail(Errc::kNotFound, printable(path) +
                                     " can't be read, or is larger than a configuration; name a "
                                     "file of at most 256 KiB");
  WARP_TRY(const Conversion conversion, convert({.path = path, .text = *std::move(text)}, host));
  return toml_text(conversion, name_of(path));
}

}  // namespace warp
