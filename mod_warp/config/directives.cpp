// The table of directives: one line each. Setters check a text by itself; what directives mean
// together is checked in check.cpp when all have been read.
#include <algorithm>

#include "base/strings.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/config/server_config.hpp"
#include "mod_warp/core/arguments.hpp"
#include "mod_warp/core/directive.hpp"
#include "mod_warp/core/mount.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// httpd prints "Syntax error on line N of FILE:" and this; nullptr is success.
const char* complain(const cmd_parms* command, const std::string& what) {
  return pool_text(command->pool, std::string(command->cmd->name) + ": " + what);
}

// The body of a setter, a callable that gives Result<>. Exceptions can't be but std::bad_alloc.
template <typename Body>
const char* set(const cmd_parms* command, Body&& body) noexcept {
  try {
    const Result<> done = body();
    return done ? nullptr : complain(command, done.error().detail);
  } catch (...) {
    return "warp: out of memory";
  }
}

SourceLine source_of(const cmd_parms* command) {
  return {.file = command->directive->filename, .line = command->directive->line_num};
}

tl::unexpected<Error> wrong(std::string what) {
  return fail(Errc::kInvalidDirective, std::move(what));
}

template <auto Field>
const char* set_text(cmd_parms* command, void* /*directory*/, const char* text) {
  return set(command, [&]() -> Result<> {
    if (*text == '\0') return wrong("the value is empty");
    config_of(command->server).*Field = text;
    return {};
  });
}

const char* set_libexec_directory(cmd_parms* command, void* /*directory*/, const char* text) {
  return set(command, [&]() -> Result<> {
    if (const char* const misplaced = ap_check_cmd_context(command, GLOBAL_ONLY))
      return wrong(misplaced);
    const char* const path = ap_server_root_relative(command->pool, text);
    if (path == nullptr) return wrong("'" + printable(text) + "' is not a path");
    config_of(command->server).libexec_directory = path;
    return {};
  });
}

const char* set_callable(cmd_parms* command, void* /*directory*/, const char* text) {
  return set(command, [&]() -> Result<> {
    if (!core::is_dotted_name(text)) return wrong("'" + printable(text) + "' is not a Python name");
    config_of(command->server).callable = text;
    return {};
  });
}

const char* set_pass_authorization(cmd_parms* /*command*/, void* directory, int is_on) {
  static_cast<DirectoryConfig*>(directory)->pass_authorization = is_on != 0;
  return nullptr;
}

Result<DaemonDirective> parse_daemon(const SourceLine& where, const char* arguments) {
  WARP_TRY(const std::vector<std::string> words, core::split_arguments(arguments));
  if (words.empty()) return wrong("a name is missing");
  WARP_CHECK(core::check_group_name(words.front()));
  DaemonDirective daemon{.where = where, .name = words.front(), .options = {}};
  for (std::size_t i = 1; i < words.size(); ++i)
    WARP_CHECK(core::set_group_option(daemon.options, words[i]));
  return daemon;
}

const char* add_daemon(cmd_parms* command, void* /*directory*/, const char* arguments) {
  return set(command, [&]() -> Result<> {
    WARP_TRY(DaemonDirective daemon, parse_daemon(source_of(command), arguments));
    config_of(command->server).daemons.push_back(std::move(daemon));
    return {};
  });
}

Result<> set_alias_option(AliasDirective& alias, const std::string& word) {
  const auto option = core::split_option(word);
  const auto [name, value] = option.value_or(std::pair<std::string_view, std::string_view>());
  if (name == "process-group") {
    alias.process_group = std::string(value);
  } else if (name == "callable-object" && core::is_dotted_name(value)) {
    alias.callable = std::string(value);
  } else if (name == "callable-object") {
    return wrong(printable(word) + " is not a Python name");
  } else if (name == "pass-authorization" &&
             (equals_ignoring_case(value, "on") || equals_ignoring_case(value, "off"))) {
    alias.pass_authorization = equals_ignoring_case(value, "on");
  } else if (name == "pass-authorization") {
    return wrong(printable(word) + " is neither On nor Off");
  } else {
    return wrong("there is no option '" + printable(word) +
                 "'; there are: process-group= callable-object= pass-authorization=");
  }
  return {};
}

Result<AliasDirective> parse_alias(const cmd_parms* command, const char* arguments) {
  WARP_TRY(const std::vector<std::string> words, core::split_arguments(arguments));
  if (words.size() < 2) return wrong("a URL path and a target are needed");
  AliasDirective alias;
  alias.where = source_of(command);
  WARP_TRY(alias.url, core::mount_url(words[0]));
  WARP_TRY(alias.target, core::parse_target(words[1]));
  for (std::size_t i = 2; i < words.size(); ++i) WARP_CHECK(set_alias_option(alias, words[i]));
  if (alias.target.kind == wire::TargetKind::kScript)
    alias.target.name = ap_server_root_relative(command->pool, alias.target.name.c_str());
  if (alias.callable && alias.target.callable && *alias.callable != *alias.target.callable)
    return wrong("the target names the callable '" + *alias.target.callable +
                 "', callable-object= another; write one of them");
  if (!alias.callable) alias.callable = alias.target.callable;
  return alias;
}

const char* add_alias(cmd_parms* command, void* /*directory*/, const char* arguments) {
  return set(command, [&]() -> Result<> {
    WARP_TRY(AliasDirective alias, parse_alias(command, arguments));
    ServerConfig& server = config_of(command->server);
    for (const AliasDirective* other : server.aliases)
      if (other->url == alias.url)
        return wrong("the same URL path has an alias in " + to_string(other->where));
    alias.declared_in = &server;
    server.aliases.push_back(pool_new<AliasDirective>(command->pool, std::move(alias)));
    return {};
  });
}

}  // namespace
}  // namespace warp

extern "C" {

// The module record, which is C, names it. NOLINTBEGIN(readability-identifier-naming)
extern const command_rec warp_directives[];
const command_rec warp_directives[] = {
    // NOLINTEND(readability-identifier-naming)
    AP_INIT_TAKE1(warp::core::kLibexecDirectory.name, warp::set_libexec_directory, nullptr,
                  RSRC_CONF, warp::core::kLibexecDirectory.help),
    AP_INIT_RAW_ARGS(warp::core::kDaemonProcess.name, warp::add_daemon, nullptr, RSRC_CONF,
                     warp::core::kDaemonProcess.help),
    AP_INIT_RAW_ARGS(warp::core::kScriptAlias.name, warp::add_alias, nullptr, RSRC_CONF,
                     warp::core::kScriptAlias.help),
    AP_INIT_TAKE1(warp::core::kProcessGroup.name,
                  warp::set_text<&warp::ServerConfig::process_group>, nullptr, RSRC_CONF,
                  warp::core::kProcessGroup.help),
    AP_INIT_TAKE1(warp::core::kCallableObject.name, warp::set_callable, nullptr, RSRC_CONF,
                  warp::core::kCallableObject.help),
    AP_INIT_FLAG(warp::core::kPassAuthorization.name, warp::set_pass_authorization, nullptr,
                 RSRC_CONF | ACCESS_CONF, warp::core::kPassAuthorization.help),
    {},
};
static_assert(std::size(warp_directives) == warp::core::kDirectives.size() + 1,
              "every directive has a line in the manual's table");

}  // extern "C"
