#include "launcher/detect/named_by_servers.hpp"

#include "base/strings.hpp"
#include "launcher/detect/gunicorn_file.hpp"
#include "launcher/detect/procfile.hpp"
#include "launcher/detect/server_command.hpp"
#include "launcher/detect/small_file.hpp"
#include "launcher/detect/uwsgi_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr auto kGunicornFile = "/gunicorn.conf.py";
constexpr auto kUwsgiFile = "/uwsgi.ini";

Result<NamedApplication> read_uwsgi_file(const Search& search, const std::string& path) {
  const auto text = read_small_file(path);
  if (!text)
    return fail(Errc::kNotFound, "uWSGI's settings " + printable(path) +
                                     " can't be read; correct their name, or name the "
                                     "application: start-server package.module:callable");
  return read_uwsgi_text(*text, path, path_below(path, search.project.directory),
                         search.host.environment());
}

// What the command line does not say, the server's file may.
Result<NamedApplication> with_its_file(const Search& search, NamedApplication named) {
  std::string path = named.config_file;
  if (named.server == "gunicorn") {
    if (path.empty()) path = search.project.directory + kGunicornFile;
    if (!is_file(path)) return named;
    WARP_TRY(const NamedApplication more, read_gunicorn_file(search, path));
    return merged(std::move(named), more);
  }
  if (path.empty()) return named;
  WARP_TRY(const NamedApplication more, read_uwsgi_file(search, path));
  return merged(std::move(named), more);
}

// Alone: the words around it may hold passwords.
std::string program_of(const std::vector<ShellCommand>& commands) {
  const ShellCommand last = commands.empty() ? ShellCommand() : commands.back();
  for (const std::string& word : last) {
    const bool is_before_it = word == "env" || word == "exec" || word.starts_with("-") ||
                              word.find('=') != std::string::npos;
    if (!is_before_it) return name_of(word);
  }
  return "no program";
}

}  // namespace

Result<bool> look_at_procfile(Search& search) {
  Project& project = search.project;
  const auto text = read_small_file(project.directory + "/Procfile");
  const auto web = text ? web_line_in(*text) : std::nullopt;
  if (!web) return false;
  const std::string where = "Procfile:" + std::to_string(web->line);
  const auto commands = shell_commands(web->command, search.host.environment());
  WARP_TRY(auto named, read_server_command(commands, project.directory, where));
  if (!named) {
    project.evidence.push_back(
        {"its web command starts " + printable(program_of(commands)) +
             ", none of gunicorn, uwsgi and waitress-serve, so it is not taken",
         where});
    return false;
  }
  WARP_TRY(const NamedApplication whole, with_its_file(search, *std::move(named)));
  return take_named(search, whole);
}

Result<bool> look_at_server_files(Search& search) {
  const std::string gunicorn = search.project.directory + kGunicornFile;
  if (is_file(gunicorn)) {
    WARP_TRY(const NamedApplication named, read_gunicorn_file(search, gunicorn));
    WARP_TRY(const bool is_taken, take_named(search, named));
    if (is_taken) return true;
  }
  const std::string uwsgi = search.project.directory + kUwsgiFile;
  if (!is_file(uwsgi)) return false;
  WARP_TRY(const NamedApplication named, read_uwsgi_file(search, uwsgi));
  return take_named(search, named);
}

}  // namespace warp
