#include "launcher/detect/server_command.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

enum class Meaning {
  kFlag,
  kOther,  // takes a value that says nothing to us
  kModule,
  kScript,
  kCallable,
  kFactory,  // a flag: the callable makes the application
  kDirectory,
  kPythonPath,
  kProcesses,
  kThreads,
  kConfigFile
};

struct ServerOption {
  std::string_view name{};
  char letter = 0;
  Meaning meaning = Meaning::kFlag;
};

constexpr std::array kGunicornOptions = {ServerOption{"config", 'c', Meaning::kConfigFile},
                                         ServerOption{"workers", 'w', Meaning::kProcesses},
                                         ServerOption{"threads", 0, Meaning::kThreads},
                                         ServerOption{"chdir", 0, Meaning::kDirectory},
                                         ServerOption{"pythonpath", 0, Meaning::kPythonPath},
                                         ServerOption{"daemon", 'D'},
                                         ServerOption{"reuse-port", 'R'},
                                         ServerOption{"enable-stdio-inheritance", 0},
                                         ServerOption{"reload", 0},
                                         ServerOption{"preload", 0},
                                         ServerOption{"spew", 0},
                                         ServerOption{"check-config", 0},
                                         ServerOption{"print-config", 0},
                                         ServerOption{"capture-output", 0},
                                         ServerOption{"log-syslog", 0},
                                         ServerOption{"no-sendfile", 0},
                                         ServerOption{"initgroups", 0},
                                         ServerOption{"proxy-protocol", 0},
                                         ServerOption{"disable-redirect-access-to-syslog", 0},
                                         ServerOption{"dogstatsd-tags", 0, Meaning::kOther},
                                         ServerOption{"suppress-ragged-eofs", 0},
                                         ServerOption{"do-handshake-on-connect", 0},
                                         ServerOption{"strip-header-spaces", 0}};

constexpr std::array kUwsgiOptions = {ServerOption{"module", 'w', Meaning::kModule},
                                      ServerOption{"wsgi", 0, Meaning::kModule},
                                      ServerOption{"wsgi-file", 0, Meaning::kScript},
                                      ServerOption{"file", 0, Meaning::kScript},
                                      ServerOption{"callable", 0, Meaning::kCallable},
                                      ServerOption{"chdir", 0, Meaning::kDirectory},
                                      ServerOption{"pythonpath", 0, Meaning::kPythonPath},
                                      ServerOption{"python-path", 0, Meaning::kPythonPath},
                                      ServerOption{"pp", 0, Meaning::kPythonPath},
                                      ServerOption{"processes", 'p', Meaning::kProcesses},
                                      ServerOption{"workers", 0, Meaning::kProcesses},
                                      ServerOption{"threads", 0, Meaning::kThreads},
                                      ServerOption{"ini", 0, Meaning::kConfigFile}};

constexpr std::array kWaitressOptions = {ServerOption{"call", 0, Meaning::kFactory},
                                         ServerOption{"app", 0, Meaning::kModule},
                                         ServerOption{"threads", 0, Meaning::kThreads},
                                         ServerOption{"expose-tracebacks", 0},
                                         ServerOption{"ipv4", 0},
                                         ServerOption{"ipv6", 0}};

struct ServerProgram {
  std::string_view name{};
  std::string_view module{};  // python -m
  std::span<const ServerOption> options{};
  bool others_take_a_value = false;
};

constexpr std::array kServers = {
    ServerProgram{"gunicorn", "gunicorn", kGunicornOptions, true},
    ServerProgram{"uwsgi", "uwsgi", kUwsgiOptions, false},
    ServerProgram{"waitress-serve", "waitress", kWaitressOptions, true}};

// Reads the words after a server's name.
class OptionReader final {
 public:
  OptionReader(const ServerProgram& server, std::span<const std::string> words,
               const std::string& directory, const std::string& where)
      : server_(server), words_(words), directory_(directory) {
    named_.server = std::string(server.name);
    named_.where = where;
  }

  Result<NamedApplication> read() {
    while (!words_.empty()) {
      const std::string word = take();
      if (word.starts_with("--")) {
        WARP_CHECK(read_long(word.substr(2)));
      } else if (word.starts_with("-") && word.size() > 1) {
        WARP_CHECK(read_short(word));
      } else {
        operands_.push_back(word);
      }
    }
    WARP_CHECK(settle());
    return std::move(named_);
  }

 private:
  std::string take() {
    std::string word = words_.front();
    words_ = words_.subspan(1);
    return word;
  }

  Result<> read_long(const std::string& text) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const auto* const option = find([&](const ServerOption& each) { return each.name == name; });
    if (equals != std::string::npos) return apply(option, "--" + name, text.substr(equals + 1));
    return apply_next(option, "--" + name);
  }

  Result<> read_short(const std::string& word) {
    const auto* const option =
        find([&](const ServerOption& each) { return each.letter == word[1]; });
    const std::string name = word.substr(0, 2);
    if (word.size() > 2) return apply(option, name, word.substr(word[2] == '=' ? 3 : 2));
    return apply_next(option, name);
  }

  Result<> apply_next(const ServerOption* option, const std::string& name) {
    const Meaning meaning = meaning_of(option, name);
    const bool takes_value = meaning != Meaning::kFlag && meaning != Meaning::kFactory;
    if (!takes_value) return apply(option, name, {});
    if (words_.empty()) return {};
    return apply(option, name, take());
  }

  Meaning meaning_of(const ServerOption* option, const std::string& name) const {
    if (option != nullptr) return option->meaning;
    return server_.others_take_a_value && !name.starts_with("--no-") ? Meaning::kOther
                                                                     : Meaning::kFlag;
  }

  template <typename Matches>
  const ServerOption* find(Matches matches) const {
    const auto found = std::find_if(server_.options.begin(), server_.options.end(), matches);
    return found == server_.options.end() ? nullptr : &*found;
  }

  Result<> apply(const ServerOption* option, const std::string& name, const std::string& value) {
    switch (option == nullptr ? Meaning::kFlag : option->meaning) {
      case Meaning::kFlag:
      case Meaning::kOther:
        return {};
      case Meaning::kModule:
        return set_module(named_, value);
      case Meaning::kScript:
        named_.script = value;
        return {};
      case Meaning::kCallable:
        named_.callable = value;
        return {};
      case Meaning::kFactory:
        is_factory_ = true;
        return {};
      case Meaning::kDirectory:
        named_.directory = absolute(value, directory_);
        return {};
      case Meaning::kPythonPath:
        for (const std::string_view path : split(value, ',')) named_.python_path.emplace_back(path);
        return {};
      case Meaning::kProcesses:
        named_.values.push_back({"processes", value, named_.where + ": " + name});
        return {};
      case Meaning::kThreads:
        named_.values.push_back({"threads", value, named_.where + ": " + name});
        return {};
      case Meaning::kConfigFile:
        named_.config_file =
            absolute(value.starts_with("file:") ? value.substr(5) : value, directory_);
        return {};
    }
    return {};
  }

  // uWSGI takes a file of settings or a script, the others the application. Values of uWSGI's
  // options that nobody knows here are among the operands.
  Result<> take_operands() {
    if (server_.name != "uwsgi")
      return operands_.empty() || !named_.module.empty() ? Result<>()
                                                         : set_module(named_, operands_.front());
    for (const std::string& operand : operands_) {
      if (operand.ends_with(".ini")) named_.config_file = absolute(operand, directory_);
      if (operand.ends_with(".py") || operand.ends_with(".wsgi")) named_.script = operand;
    }
    return {};
  }

  Result<> settle() {
    WARP_CHECK(take_operands());
    if (is_factory_ && !named_.callable.empty() && !named_.callable.ends_with("()"))
      named_.callable += "()";
    const std::string base = named_.directory.empty() ? directory_ : named_.directory;
    if (!named_.script.empty()) named_.script = absolute(named_.script, base);
    for (std::string& path : named_.python_path) path = absolute(path, base);
    return {};
  }

  const ServerProgram& server_;
  std::span<const std::string> words_;
  std::string directory_;
  std::vector<std::string> operands_;
  bool is_factory_ = false;
  NamedApplication named_;
};

struct FoundServer {
  const ServerProgram* server = nullptr;
  std::size_t arguments = 0;  // place of the first word after its name
};

// Wherever it is in the command: after env, exec, poetry run, newrelic-admin run-program, …
std::optional<FoundServer> server_in(const ShellCommand& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "install") return std::nullopt;
    const bool is_module = i > 0 && words[i - 1] == "-m";
    for (const ServerProgram& server : kServers)
      if (is_module ? words[i] == server.module : name_of(words[i]) == server.name)
        return FoundServer{&server, i + 1};
  }
  return std::nullopt;
}

}  // namespace

Result<std::optional<NamedApplication>> read_server_command(
    const std::vector<ShellCommand>& commands, const std::string& directory,
    const std::string& where) {
  std::string current = directory;
  for (const ShellCommand& words : commands) {
    if (words.size() == 2 && words[0] == "cd") current = absolute(words[1], current);
    const auto found = server_in(words);
    if (!found) continue;
    OptionReader reader(*found->server, std::span(words).subspan(found->arguments), current, where);
    WARP_TRY(NamedApplication named, reader.read());
    if (named.directory.empty() && current != directory) named.directory = current;
    return std::optional(std::move(named));
  }
  return std::nullopt;
}

}  // namespace warp
