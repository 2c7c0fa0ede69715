#include "launcher/detect/wsgi_file.hpp"

#include <regex>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

// Environments and hidden folders hold other people's wsgi.py.
bool may_be_the_projects(const std::string& directory, const std::string& name) {
  return !name.starts_with(".") && !is_file(directory + "/" + name + "/pyvenv.cfg");
}

std::vector<std::string> packages_with_wsgi(const std::string& directory) {
  std::vector<std::string> packages;
  for (const std::string& name : names_in_directory(directory))
    if (may_be_the_projects(directory, name) && is_file(directory + "/" + name + "/wsgi.py"))
      packages.push_back(name);
  return packages;
}

std::string callable_of(const std::string& path) {
  const auto text = read_text(path);
  return text ? callable_in(*text) : "application";
}

tl::unexpected<Error> nothing_in(const std::string& directory) {
  std::string detail = "no project found in " + directory +
                       ". Looked for: manage.py (Django), wsgi.py, */wsgi.py. Go to the project's "
                       "folder, name it with --working-directory, or name what to serve: "
                       "start-server path/to/script.py, or package.module:callable";
  for (const std::string& name : names_in_directory(directory))
    if (is_file(directory + "/" + name + "/manage.py"))
      detail += "\n" + directory + "/" + name + " has a manage.py: start-server " + name;
  return fail(Errc::kNotFound, detail);
}

tl::unexpected<Error> several(const std::string& directory,
                              const std::vector<std::string>& packages) {
  std::string detail = "several candidates in " + directory + "; name one:";
  for (const std::string& package : packages)
    detail += "\nstart-server " + package +
              ".wsgi:" + callable_of(directory + "/" + package + "/wsgi.py");
  return fail(Errc::kAmbiguous, detail);
}

}  // namespace

std::string callable_in(std::string_view script) {
  static const std::regex application(R"(\bapplication\b)");
  static const std::regex app(R"(\bapp\b)");
  const std::string text(script);
  if (!std::regex_search(text, application) && std::regex_search(text, app)) return "app";
  return "application";
}

Result<Application> find_wsgi_file(const std::string& directory) {
  const std::string path = directory + "/wsgi.py";
  if (is_file(path))
    return Application{
        .target = path, .callable = callable_of(path), .origin = "wsgi.py", .is_script = true};
  const std::vector<std::string> packages = packages_with_wsgi(directory);
  if (packages.empty()) return nothing_in(directory);
  if (packages.size() > 1) return several(directory, packages);
  const std::string& package = packages.front();
  return Application{.target = package + ".wsgi",
                     .callable = callable_of(directory + "/" + package + "/wsgi.py"),
                     .origin = package + "/wsgi.py"};
}

}  // namespace warp
