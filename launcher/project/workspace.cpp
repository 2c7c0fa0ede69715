#include "launcher/project/workspace.hpp"

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/project/environment_file.hpp"

namespace warp {
namespace {

constexpr std::size_t kLongestNote = 4096;

Result<> add_environment_file(Workspace& workspace) {
  const std::string path = workspace.note("environment");
  if (!is_file(path)) return {};
  WARP_TRY(const std::string text, read_text(path));
  WARP_TRY(const Environment written, parse_environment(path, text));
  // What is set outside, by `docker run -e` for instance, wins.
  workspace.variables.insert(written.begin(), written.end());
  return {};
}

Result<> find_home(Workspace& workspace) {
  WARP_TRY(std::string home, read_note(workspace.source, "home"));
  std::string origin = workspace.note("home");
  if (std::string set = variable(workspace.variables, "APP_HOME"); !set.empty()) {
    home = std::move(set);
    origin = "APP_HOME";
  }
  workspace.home = absolute(home, workspace.source);
  if (is_directory(workspace.home)) return {};
  return fail(Errc::kNotFound, origin + ": " + printable(workspace.home) + ": no such folder");
}

}  // namespace

std::string Workspace::note(std::string_view name) const {
  return source + "/.warpdrive/" + std::string(name);
}

Result<Workspace> open_workspace(const Host& host) {
  Workspace workspace{.variables = host.environment()};
  workspace.source = variable(host.environment(), "WARPDRIVE_SRC_ROOT");
  if (workspace.source.empty()) workspace.source = host.current_directory();
  if (!is_directory(workspace.source))
    return fail(Errc::kNotFound, "WARPDRIVE_SRC_ROOT: " + printable(workspace.source) +
                                     ": no such folder; go to the project's folder and call: eval "
                                     "\"$(warpdrive project --create)\"");
  WARP_CHECK(add_environment_file(workspace));
  WARP_CHECK(find_home(workspace));
  return workspace;
}

Result<std::string> read_note(const std::string& source, std::string_view name) {
  const std::string path = source + "/.warpdrive/" + std::string(name);
  if (!is_file(path)) return std::string();
  WARP_TRY(const std::string text, read_text(path));
  const std::string_view line = trim(std::string_view(text).substr(0, text.find('\n')));
  if (line.size() > kLongestNote || printable(line) != line)
    return fail(Errc::kInvalidSetting, path + ": its first line is no plain text");
  return std::string(line);
}

Result<std::string> chosen(const Choice& choice, const Arguments& arguments,
                           const Workspace& workspace) {
  if (arguments.has(choice.option)) return arguments.value_of(choice.option);
  if (std::string set = variable(workspace.variables, choice.variable); !set.empty()) return set;
  return read_note(workspace.source, choice.note);
}

std::string state_folder(const Workspace& workspace, const std::string& python_home) {
  std::string root = variable(workspace.variables, "WARPDRIVE_APP_ROOT");
  if (!root.empty()) return root;
  return python_home.empty() ? workspace.note("state") : python_home + "/var/warpdrive";
}

}  // namespace warp
