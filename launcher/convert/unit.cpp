#include <array>

#include "base/strings.hpp"
#include "launcher/convert/sources.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/json.hpp"

namespace warp {
namespace {

constexpr std::array kUnitRules = {
    Rule{"listener", Form::kAddresses},
    Rule{"type", Form::kNone, {}, "say python-home for an environment of that Python"},
    Rule{"path", Form::kPath, "python-path"},
    Rule{"home", Form::kPath, "python-home"},
    Rule{"module", Form::kWord, "entry-point"},
    Rule{"callable", Form::kWord, "callable-object"},
    Rule{"prefix", Form::kWord, "mount-point"},
    Rule{"working_directory", Form::kPath, "working-directory"},
    Rule{"processes", Form::kWord, "processes"},
    Rule{"processes.max", Form::kWord, "processes"},
    Rule{"processes.spare", Form::kNone, {}, "the number of processes is fixed"},
    Rule{"processes.idle_timeout", Form::kNone, {}, "the number of processes is fixed"},
    Rule{"threads", Form::kWord, "threads"},
    Rule{"user", Form::kWord, "user"},
    Rule{"group", Form::kWord, "group"},
    Rule{"environment", Form::kPair, "setenv"},
    Rule{"limits.timeout", Form::kWord, "request-timeout"},
    Rule{"limits.requests", Form::kWord, "maximum-requests"},
    Rule{"http.max_body_size", Form::kWord, "limit-request-body"},
    Rule{"http.idle_timeout", Form::kWord, "keep-alive-timeout"},
    Rule{"http.header_read_timeout", Form::kWord, "header-timeout"},
    Rule{"http.body_read_timeout", Form::kWord, "body-timeout"},
    Rule{"protocol", Form::kNone, {}, "only WSGI is served"},
    Rule{"thread_stack_size", Form::kWord, "stack-size"},
    Rule{"targets", Form::kNone, {}, "there is one application per server: start another one"},
    Rule{"application", Form::kNone, {}, "there is one application per server: start another one"},
    Rule{"isolation", Form::kNone, {}, "run the server in a container, or as a systemd service"},
    Rule{"routes", Form::kNone, {}, "see url-alias, document-root and proxy-mount-point"},
    Rule{"tls", Form::kNone, {}, "see https-port and ssl-certificate"},
    Rule{"forwarded", Form::kNone, {}, "see trust-proxy and trust-proxy-header"},
    Rule{"client_ip", Form::kNone, {}, "see trust-proxy and trust-proxy-header"},
    Rule{"backlog", Form::kWord, "server-backlog"},
    Rule{"access_log", Form::kLog, "access-log",
         "logs go below log-directory, or to the terminal with log-to-terminal"}};

std::string word_of(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

class UnitReader final {
 public:
  explicit UnitReader(const SourceFile& file)
      : name_(name_of(file.path)), base_(parent_of(file.path)) {}

  void read(const Json& document) {
    for (const auto& [name, value] : document.items()) {
      if (name == "listeners" && value.is_object())
        read_listeners(value);
      else if (name == "applications" && value.is_object())
        read_applications(value);
      else if (name == "settings" && value.is_object())
        read_members("", "settings", value);
      else
        take(name, word_of(value), name);
    }
  }

  Conversion result() { return std::move(conversion_); }

 private:
  void take(const std::string& name, const std::string& value, const std::string& place) {
    convert_setting(kUnitRules,
                    {.name = name, .value = value, .where = name_ + ": " + place, .base = base_},
                    conversion_);
  }

  void read_listeners(const Json& listeners) {
    for (const auto& [address, listener] : listeners.items()) {
      take("listener", address, "listeners");
      if (!listener.is_object()) continue;
      // What it passes requests to is among the applications, or the routes.
      for (const auto& [member, value] : listener.items())
        if (member != "pass") take(member, word_of(value), "listeners." + address);
    }
  }

  void read_applications(const Json& applications) {
    for (const auto& [name, application] : applications.items()) {
      if (has_application_ || !text_of(application, "type").starts_with("python")) {
        take("application", name, "applications");
        continue;
      }
      has_application_ = true;
      for (const auto& [member, value] : application.items()) {
        const std::string place = "applications." + name + "." + member;
        if (member == "environment" && value.is_object())
          for (const auto& [variable, text] : value.items())
            take(member, variable + "=" + word_of(text), place);
        else if (member == "path" && value.is_array())
          for (const Json& path : value) take(member, word_of(path), place);
        else if (value.is_object() && (member == "processes" || member == "limits"))
          read_members(member + ".", place, value);
        else
          take(member, word_of(value), place);
      }
    }
  }

  // "http" in "settings" and the like: members are named with what they are in.
  void read_members(const std::string& prefix, const std::string& place, const Json& object) {
    for (const auto& [name, value] : object.items()) {
      if (value.is_object() && prefix.empty())
        read_members(name + ".", place + "." + name, value);
      else
        take(prefix + name, word_of(value), place + "." + name);
    }
  }

  std::string name_;
  std::string base_;
  bool has_application_ = false;
  Conversion conversion_;
};

}  // namespace

Result<Conversion> convert_unit(const SourceFile& file) {
  const Json document = parse_json(file.text);
  if (!document.is_object())
    return fail(Errc::kInvalidSetting,
                printable(file.path) +
                    " is no JSON object; print Unit's configuration with: curl --unix-socket "
                    "/run/control.unit.sock http://localhost/config");
  UnitReader reader(file);
  reader.read(document);
  return reader.result();
}

}  // namespace warp
