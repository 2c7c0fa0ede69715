#include "launcher/settings/read_settings.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/entry.hpp"
#include "launcher/settings/environment.hpp"
#include "launcher/settings/problems.hpp"
#include "launcher/settings/toml_file.hpp"

namespace warp {
namespace {

constexpr auto kFileName = "/warpdrive.toml";

std::vector<Given> read_defaults() {
  std::vector<Given> givens;
  for (const Option& option : option_table())
    if (!option.fallback.empty())
      givens.push_back(
          {&option, {std::string(option.fallback)}, "default of " + flag_of(option), "/"});
  return givens;
}

std::vector<Given> read_file(const std::string& project_directory, Problems& problems) {
  const std::string path = project_directory + kFileName;
  if (!is_file(path)) return {};
  const auto text = read_text(path);
  if (text) return read_toml(path, *text, problems);
  problems.push_back(text.error());
  return {};
}

void apply(const std::vector<Given>& givens, Settings& settings, Problems& problems) {
  for (const Given& given : givens) settings.given.emplace_back(given.option->name);
  for (const Given& given : givens)
    if (auto stored = given.option->store(settings, given); !stored)
      problems.push_back(stored.error());
}

// The file lies in the project's folder, so what the other sources say of the folder comes first.
std::string folder_of_the_file(const std::vector<Given>& variables, const std::vector<Given>& flags,
                               const std::string& current_directory) {
  Settings settings;
  Problems ignored;
  apply(variables, settings, ignored);
  apply(flags, settings, ignored);
  return find_project_directory(settings, current_directory);
}

void refuse(Problems& problems, std::string why) {
  problems.push_back({Errc::kInvalidSetting, std::move(why)});
}

bool has_control_characters(std::string_view text) { return printable(text) != text; }

void check_pairs(const Settings& settings, Problems& problems) {
  for (const auto& [url, path] : settings.url_aliases) {
    if (!url.starts_with("/") || has_control_characters(url))
      refuse(problems, "url-alias: URL '" + printable(url) + "' does not start with /");
    else if (!is_directory(path) && !is_file(path))
      refuse(problems,
             "url-alias: " + printable(path) + " for " + url + ": no such file or folder");
  }
  for (const auto& [name, value] : settings.setenv) {
    if (name.empty() || name.find_first_of("= \t") != std::string::npos ||
        has_control_characters(name))
      refuse(problems, "setenv: '" + printable(name) + "' is not a variable's name");
    if (has_control_characters(value))
      refuse(problems, "setenv: the value of " + printable(name) +
                           " has control characters, which httpd.conf can't carry");
  }
}

void check_paths(const Settings& settings, Problems& problems) {
  if (!is_directory(settings.project_directory))
    refuse(problems, "working directory " + settings.project_directory + ": no such folder");
  // One text for httpd and Python, with colons between the folders.
  if (settings.project_directory.find(':') != std::string::npos)
    refuse(problems, "working directory " + printable(settings.project_directory) +
                         ": a path on sys.path can't have a colon; rename the folder");
  for (const std::string& path : settings.python_path)
    if (path.find(':') != std::string::npos)
      refuse(problems, "python-path: " + printable(path) +
                           ": one folder at a time, and without a colon in its name");
    else if (!is_directory(path) && !is_file(path))
      refuse(problems, "python-path: " + printable(path) + ": no such folder");
  for (const std::string& path : settings.include_files)
    if (!is_file(path)) refuse(problems, "include-file: " + printable(path) + ": no such file");
}

void check_mount_point(Settings& settings, Problems& problems) {
  std::string& url = settings.mount_point;
  if (!url.starts_with("/") || has_control_characters(url))
    refuse(problems, "mount-point: '" + printable(url) + "' does not start with /");
  while (url.size() > 1 && url.back() == '/') url.pop_back();
}

}  // namespace

Result<Settings> read_settings(const std::vector<Given>& flags, Host& host) {
  Problems problems;
  const std::string current = host.current_directory();
  const std::vector<Given> variables = read_environment(host, problems);
  const std::string folder = folder_of_the_file(variables, flags, current);

  Settings settings;
  apply(read_defaults(), settings, problems);
  settings.given.clear();
  apply(read_file(folder, problems), settings, problems);
  apply(variables, settings, problems);
  apply(flags, settings, problems);

  settings.project_directory = find_project_directory(settings, folder);
  check_pairs(settings, problems);
  check_mount_point(settings, problems);
  check_paths(settings, problems);
  if (const auto entry = read_entry(settings, settings.project_directory); !entry)
    problems.push_back(entry.error());
  if (!problems.empty()) return tl::unexpected(as_one(problems));
  return settings;
}

}  // namespace warp
