#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/convert/sources.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/words.hpp"

namespace warp {
namespace {

constexpr std::string_view kOwnProcess =
    "the application always has processes and a main interpreter of its own";
constexpr std::string_view kLogs =
    "logs go below log-directory, or to the terminal with log-to-terminal";

constexpr std::array kDirectives = {
    Rule{"Listen", Form::kAddresses},
    Rule{"ServerName", Form::kWord, "server-name"},
    Rule{"ServerAlias", Form::kWord, "server-alias"},
    Rule{"DocumentRoot", Form::kPath, "document-root"},
    Rule{"LimitRequestBody", Form::kWord, "limit-request-body"},
    Rule{"KeepAliveTimeout", Form::kWord, "keep-alive-timeout"},
    Rule{"LogLevel", Form::kWord, "log-level"},
    Rule{"SSLCertificateFile", Form::kPath, "ssl-certificate-file"},
    Rule{"SSLCertificateKeyFile", Form::kPath, "ssl-certificate-key-file"},
    Rule{"SSLCACertificateFile", Form::kPath, "ssl-ca-certificate-file"},
    Rule{"SSLEngine", Form::kNone, {}, "say https-port"},
    Rule{"WSGICallableObject", Form::kWord, "callable-object"},
    Rule{"WSGIPythonHome", Form::kPath, "python-home"},
    Rule{"WSGIPythonPath", Form::kPaths, "python-path"},
    Rule{"WSGIProcessGroup", Form::kNone, {}, kOwnProcess},
    Rule{"WSGIApplicationGroup", Form::kNone, {}, kOwnProcess},
    Rule{"WSGIPassAuthorization", Form::kNone, {}, "see auth-user-file, and WarpPassAuthorization"},
    Rule{"WSGIScriptReloading", Form::kNone, {}, "see reload-on-changes"},
    Rule{"WSGIImportScript",
         Form::kNone,
         {},
         "the application is imported before the first request"},
    Rule{"ErrorLog", Form::kNone, {}, kLogs},
    Rule{"CustomLog", Form::kNone, {}, "see access-log and access-log-format"},
    Rule{"ServerAdmin", Form::kNone, {}, "it would be shown on error pages, which do not have it"},
    Rule{
        "Require", Form::kNone, {}, "what is served is open; see auth-user-file and include-file"}};

constexpr std::array kDaemonOptions = {
    Rule{"processes", Form::kWord, "processes"},
    Rule{"threads", Form::kWord, "threads"},
    Rule{"user", Form::kWord, "user"},
    Rule{"group", Form::kWord, "group"},
    Rule{"supplementary-groups", Form::kWord, "supplementary-groups"},
    Rule{"home", Form::kPath, "working-directory"},
    Rule{"python-home", Form::kPath, "python-home"},
    Rule{"python-path", Form::kPaths, "python-path"},
    Rule{"maximum-requests", Form::kWord, "maximum-requests"},
    Rule{"restart-interval", Form::kWord, "restart-interval"},
    Rule{"inactivity-timeout", Form::kWord, "inactivity-timeout"},
    Rule{"request-timeout", Form::kWord, "request-timeout"},
    Rule{"deadlock-timeout", Form::kWord, "deadlock-timeout"},
    Rule{"startup-timeout", Form::kWord, "startup-timeout"},
    Rule{"graceful-timeout", Form::kWord, "graceful-timeout"},
    Rule{"eviction-timeout", Form::kWord, "eviction-timeout"},
    Rule{"shutdown-timeout", Form::kWord, "shutdown-timeout"},
    Rule{"connect-timeout", Form::kWord, "connect-timeout"},
    Rule{"queue-timeout", Form::kWord, "queue-timeout"},
    Rule{"socket-timeout", Form::kWord, "socket-timeout"},
    Rule{"cpu-time-limit", Form::kWord, "cpu-time-limit"},
    Rule{"cpu-priority", Form::kWord, "cpu-priority"},
    Rule{"memory-limit", Form::kWord, "data-size-limit"},
    Rule{"virtual-memory-limit", Form::kWord, "virtual-memory-limit"},
    Rule{"stack-size", Form::kWord, "stack-size"},
    Rule{"display-name", Form::kNone, {}, "processes are named warp-worker"},
    Rule{"lang", Form::kNone, {}, "start the server with LANG set"},
    Rule{"locale", Form::kNone, {}, "start the server with LC_ALL set"},
    Rule{"umask", Form::kNone, {}, "set it in what starts the server"},
    Rule{"listen-backlog", Form::kNone, {}, "see queue-limit"},
    Rule{"script-user", Form::kNone, {}, "see user"},
    Rule{"script-group", Form::kNone, {}, "see group"}};

class VirtualHostReader final {
 public:
  explicit VirtualHostReader(const SourceFile& file)
      : name_(name_of(file.path)), base_(parent_of(file.path)) {}

  void read(const std::string& line, unsigned number) {
    where_ = name_ + ":" + std::to_string(number);
    const auto words = split_words(line);
    if (!words || words->empty()) {
      if (!words) leave(conversion_, said(line, ""), "it can't be read: " + words.error().detail);
      return;
    }
    if (words->front().starts_with("</")) return;
    if (words->front().starts_with("<")) return read_section(*words);
    read_directive(words->front(), {words->begin() + 1, words->end()});
  }

  Conversion take() { return std::move(conversion_); }

 private:
  Theirs said(const std::string& name, const std::string& value) const {
    return {.name = name, .value = value, .where = where_, .base = base_};
  }

  // Sections are left with their names; what is in them is read as if it were outside.
  void read_section(std::vector<std::string> words) {
    std::string name = words.front().substr(1);
    words.erase(words.begin());
    std::string value = join(words, " ");
    while (!value.empty() && value.back() == '>') value.pop_back();
    if (equals_ignoring_case(name, "VirtualHost")) return read_addresses(value);
    if (equals_ignoring_case(name, "Directory") || equals_ignoring_case(name, "Files") ||
        equals_ignoring_case(name, "IfModule"))
      return;
    leave(conversion_, said("<" + name + ">", value), "sections of URLs go into an include-file");
  }

  void read_addresses(const std::string& value) {
    if (!value.ends_with(":443"))
      return convert_setting(kVirtualHost, said("VirtualHost", value), conversion_);
    add_words(conversion_, "https-port", {"443"}, said("VirtualHost", value));
  }

  void read_directive(const std::string& name, const std::vector<std::string>& arguments) {
    const std::string all = join(arguments, " ");
    if (equals_ignoring_case(name, "WSGIDaemonProcess")) return read_daemon(arguments);
    if (equals_ignoring_case(name, "WSGIScriptAlias")) return read_script(name, arguments);
    if (equals_ignoring_case(name, "ServerAlias")) {
      for (const std::string& alias : arguments)
        convert_setting(kDirectives, said(name, alias), conversion_);
      return;
    }
    if (arguments.size() == 2 && add_pair(name, arguments)) return;
    convert_setting(kDirectives, said(name, all), conversion_);
  }

  bool add_pair(const std::string& name, const std::vector<std::string>& arguments) {
    if (equals_ignoring_case(name, "Alias"))
      add_words(conversion_, "url-alias", {arguments[0], absolute(arguments[1], base_)},
                said(name, join(arguments, " ")));
    else if (equals_ignoring_case(name, "SetEnv"))
      add_words(conversion_, "setenv", arguments, said(name, join(arguments, " ")));
    else if (equals_ignoring_case(name, "ErrorDocument"))
      add_words(conversion_, "error-document", arguments, said(name, join(arguments, " ")));
    else
      return false;
    return true;
  }

  void read_script(const std::string& name, const std::vector<std::string>& arguments) {
    const Theirs theirs = said(name, join(arguments, " "));
    if (arguments.size() < 2) return leave(conversion_, theirs, "it has no URL and script");
    if (has_option(conversion_, "entry-point"))
      return leave(conversion_, theirs, "there is one application per server: start another one");
    if (arguments[0] != "/") add_words(conversion_, "mount-point", {arguments[0]}, theirs);
    add_words(conversion_, "entry-point", {absolute(arguments[1], base_)}, theirs);
    read_options("WSGIScriptAlias ", kScriptOptions, {arguments.begin() + 2, arguments.end()});
  }

  void read_daemon(const std::vector<std::string>& arguments) {
    if (has_daemon_)
      return leave(conversion_, said("WSGIDaemonProcess", join(arguments, " ")),
                   "there is one process group per server: start another one");
    has_daemon_ = true;
    if (!arguments.empty())
      read_options("", kDaemonOptions, {arguments.begin() + 1, arguments.end()});
  }

  void read_options(const std::string& prefix, std::span<const Rule> rules,
                    const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      const std::size_t equals = std::min(word.find('='), word.size());
      const std::string value = equals < word.size() ? word.substr(equals + 1) : "";
      convert_setting(rules, said(prefix + word.substr(0, equals), value), conversion_);
    }
  }

  static constexpr std::array kVirtualHost = {Rule{"VirtualHost", Form::kAddresses}};
  static constexpr std::array kScriptOptions = {
      Rule{"WSGIScriptAlias process-group", Form::kNone, {}, kOwnProcess},
      Rule{"WSGIScriptAlias application-group", Form::kNone, {}, kOwnProcess}};

  std::string name_;
  std::string base_;
  std::string where_;
  bool has_daemon_ = false;
  Conversion conversion_;
};

}  // namespace

Conversion convert_virtual_host(const SourceFile& file) {
  VirtualHostReader reader(file);
  std::string line;
  unsigned number = 0;
  for (const std::string_view part : split(file.text, '\n')) {
    ++number;
    const std::string_view content = trim(part);
    if (line.empty() && content.starts_with("#")) continue;
    line += content;
    if (line.ends_with("\\")) {
      line.back() = ' ';
      continue;
    }
    reader.read(line, number);
    line.clear();
  }
  return reader.take();
}

}  // namespace warp
