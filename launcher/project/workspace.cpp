#include "launcher/project/workspace.hpp"

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/project/environment_file.hpp"

namespace warp {
namespace {

constexpr auto kSourceVariable = "WARPDRIVE_SRC_ROOT";
constexpr std::size_t kLongestNote = 4096;
constexpr std::size_t kLargestFile = 256UL * 1024;

Result<> add_environment_file(Workspace& workspace) {
  const std::string path = workspace.note("environment");
  if (!is_file(path)) return {};
  WARP_TRY(const std::string text, read_project_file(path));
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

std::string project_folder(const Host& host) {
  return absolute(variable(host.environment(), kSourceVariable), host.current_directory());
}

Result<Workspace> open_workspace(const Host& host) {
  Workspace workspace{.source = project_folder(host), .variables = host.environment()};
  // What we start runs in other folders, where a relative path would be another one.
  if (!variable(workspace.variables, kSourceVariable).empty())
    workspace.variables[kSourceVariable] = workspace.source;
  if (!is_directory(workspace.source))
    return fail(Errc::kNotFound, "WARPDRIVE_SRC_ROOT: " + printable(workspace.source) +
                                     ": no such folder; go to the project's folder and call: eval "
                                     "\"$(warpdrive project --create)\"");
  WARP_CHECK(add_environment_file(workspace));
  WARP_CHECK(find_home(workspace));
  return workspace;
}

Result<std::string> read_project_file(const std::string& path) {
  auto text = read_text(path, kLargestFile);
  if (text || text.error().code != Errc::kTooLarge) return text;
  return fail(Errc::kTooLarge, path + " has more than " + std::to_string(kLargestFile / 1024) +
                                   " KiB, and such a file ought to be small; has something else "
                                   "been written there?");
}

Result<std::string> read_note(const std::string& source, std::string_view name) {
  const std::string path = source + "/.warpdrive/" + std::string(name);
  if (!is_file(path)) return std::string();
  WARP_TRY(const std::string text, read_project_file(path));
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
