#include "launcher/detect/syntax.hpp"

#include <algorithm>

#include "launcher/detect/python_script.hpp"
#include "launcher/detect/scripts.hpp"
#include "launcher/host/files.hpp"

namespace warp {

std::string file_of(const Application& application, const std::string& directory) {
  if (application.is_script) return application.target;
  std::string path = directory + "/" + application.target;
  std::replace(path.begin() + static_cast<std::ptrdiff_t>(directory.size()), path.end(), '.', '/');
  for (const char* const ending : {".py", "/__init__.py"})
    if (is_file(path + ending)) return path + ending;
  return {};
}

Result<> check_syntax(Host& host, const Project& project) {
  const std::string path = file_of(project.application, project.directory);
  // A Python of which only the library is installed can serve, but has no program to ask.
  if (path.empty() || project.python.executable.empty()) return {};
  WARP_CHECK(run_python_script(host, project,
                               {.text = kCheckSyntaxScript,
                                .arguments = {path},
                                .purpose = "compile " + path,
                                .sees = PythonScript::Sees::kStandardLibrary}));
  return {};
}

}  // namespace warp
