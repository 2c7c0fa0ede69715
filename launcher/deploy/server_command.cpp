#include "launcher/deploy/server_command.hpp"

#include <algorithm>
#include <cassert>
#include <cctype>

#include "base/strings.hpp"
#include "launcher/environments/shell.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

std::string address(const ServerRequest& request, std::string_view everywhere) {
  const std::string host = request.host.empty() ? std::string(everywhere) : request.host;
  const bool is_ipv6 = host.find(':') != std::string::npos && !host.starts_with("[");
  return (is_ipv6 ? "[" + host + "]" : host) + ":" + request.port;
}

bool is_identifier(std::string_view name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return c == '_' || std::isalnum(c) != 0 || c >= 0x80; });
}

Words mod_warp_command(const ServerRequest& request) {
  Words words{request.program, "start-server", "--log-to-terminal"};
  // Not what the environment says of other servers.
  append(words, {"--server-type", "mod_warp"});
  if (!request.port.empty()) append(words, {"--port", request.port});
  append(words, request.arguments);
  if (!request.paste_file.empty()) words.push_back(request.paste_file);
  return words;
}

Result<Words> gunicorn_command(const ServerRequest& request) {
  Words words{request.python,     "-m", "gunicorn",        "--bind", address(request, "0.0.0.0"),
              "--access-logfile", "-",  "--error-logfile", "-"};
  append(words, request.arguments);
  if (!request.paste_file.empty()) append(words, {"--paste", request.paste_file});
  if (request.application) {
    WARP_TRY(std::string name, module_and_callable(*request.application, request.home));
    words.push_back(std::move(name));
  }
  return words;
}

Result<Words> uwsgi_command(const ServerRequest& request) {
  // TERM reloads uwsgi unless it is told otherwise; without an application it would answer 500 to
  // all; without threads enabled those of the application never run.
  Words words{request.program, "--http-socket", address(request, "0.0.0.0"), "--master",
              "--die-on-term", "--need-app",    "--enable-threads"};
  // A uwsgi of the environment's own has Python in it, Debian's has it as a plugin.
  const bool is_own =
      !request.environment.empty() && request.program.starts_with(request.environment + "/");
  if (!is_own) append(words, {"--plugins", "python3"});
  if (!request.environment.empty()) append(words, {"--virtualenv", request.environment});
  append(words, {"--chdir", request.home});
  append(words, request.arguments);
  if (!request.paste_file.empty()) append(words, {"--ini-paste", request.paste_file});
  if (request.application) {
    WARP_TRY(std::string name, module_and_callable(*request.application, request.home));
    append(words, {"--module", std::move(name)});
  }
  return words;
}

Result<Words> waitress_command(const ServerRequest& request) {
  Words words{request.python, "-m", "waitress", "--listen=" + address(request, "*")};
  append(words, request.arguments);
  if (request.application) {
    WARP_TRY(std::string name, module_and_callable(*request.application, request.home));
    words.push_back(std::move(name));
  }
  return words;
}

bool needs_quotes(std::string_view word) {
  constexpr std::string_view kPlain = "_-./:=@%+,";
  return word.empty() || !std::all_of(word.begin(), word.end(), [&](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                  kPlain.find(c) != std::string_view::npos;
         });
}

}  // namespace

Result<Words> server_command(const ServerRequest& request) {
  if (!request.paste_file.empty() && request.server == ServerType::kWaitress)
    return fail(Errc::kInvalidSetting, "waitress does not read " + request.paste_file +
                                           "; choose mod_warp, gunicorn or uwsgi as the server "
                                           "type, or write a wsgi.py that calls "
                                           "paste.deploy.loadapp");
  switch (request.server) {
    case ServerType::kModWarp:
      return mod_warp_command(request);
    case ServerType::kGunicorn:
      return gunicorn_command(request);
    case ServerType::kUwsgi:
      return uwsgi_command(request);
    case ServerType::kWaitress:
      return waitress_command(request);
  }
  return fail(Errc::kInternal, "a server type without a command");
}

Result<Words> script_command(const std::string& path, Words interpreter, const std::string& who) {
  if (!is_file(path)) return fail(Errc::kNotFound, who + ": " + path + ": no such file");
  if (interpreter.empty() && !is_executable(path))
    return fail(Errc::kNoPermission, path + " is not executable; chmod +x makes it so");
  interpreter.push_back(path);
  return interpreter;
}

Result<std::string> find_uwsgi(const std::string& environment, const Environment& variables) {
  if (auto program = find_program("uwsgi", environment + "/bin:" + variable(variables, "PATH")))
    return *program;
  return fail(Errc::kNotFound, "the server uwsgi is not installed; warpdrive build installs it");
}

Result<std::string> module_and_callable(const Application& application, const std::string& home) {
  if (!application.is_script) return application.target + ":" + application.callable;
  std::string path = application.target;
  const auto refuse = [&] {
    return fail(Errc::kInvalidSetting,
                path + " can't be imported from " + home +
                    " under a module's name, and only mod_warp loads a script by its path; choose "
                    "mod_warp as the server type, or move the file");
  };
  if (!path.starts_with(home + "/") || !path.ends_with(".py")) return refuse();
  std::string module = path.substr(home.size() + 1, path.size() - home.size() - 4);
  std::replace(module.begin(), module.end(), '/', '.');
  for (const std::string_view part : split(module, '.'))
    if (!is_identifier(part)) return refuse();
  return module + ":" + application.callable;
}

std::string shown_command(const Words& words, const Words& written) {
  assert(words.size() == written.size());
  Words shown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_quoted = words[i] == written[i] && needs_quotes(words[i]);
    shown.push_back(printable(is_quoted ? quoted_for(Shell::kBash, words[i]) : written[i]));
  }
  return join(shown, " ");
}

}  // namespace warp
