#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/checks.hpp"

namespace warp {
namespace {

// Settings, databases and templates lie in a project's folder; httpd would send them to anybody.
void check_for_project(std::string_view option, const std::string& path, const Settings& settings,
                       Problems& problems) {
  if (holds(path, settings.project_directory))
    refuse(problems, std::string(option) + ": " + printable(path) +
                         " holds the project itself, whose files clients could then fetch; name "
                         "a folder with nothing else in it");
}

}  // namespace

void check_static_files(const Settings& settings, Problems& problems) {
  for (const auto& [url, path] : settings.url_aliases)
    if (is_directory(path)) check_for_project("url-alias", path, settings, problems);
  if (!settings.document_root.empty() && !is_directory(settings.document_root))
    refuse(problems, "document-root: " + printable(settings.document_root) + ": no such folder");
  else if (!settings.document_root.empty())
    check_for_project("document-root", settings.document_root, settings, problems);
  for (const std::string& name : settings.directory_index)
    if (name.empty() || name.find('/') != std::string::npos || printable(name) != name)
      refuse(problems, "directory-index: '" + printable(name) +
                           "' is not the name of a file; write index.html");
  if (!settings.mime_types.empty() && !is_file(settings.mime_types))
    refuse(problems, "mime-types: " + printable(settings.mime_types) + ": no such file");
}

}  // namespace warp
