#include "mod_warp/config/alias_directive.hpp"

#include "base/strings.hpp"
#include "mod_warp/core/arguments.hpp"
#include "mod_warp/core/mount.hpp"

namespace warp {
namespace {

constexpr const char* kHandlerCallable = "handle_request";

tl::unexpected<Error> wrong(std::string what) {
  return fail(Errc::kInvalidDirective, std::move(what));
}

Result<> set_alias_option(AliasDirective& alias, const std::string& word) {
  const auto option = core::split_option(word);
  const auto [name, value] = option.value_or(std::pair<std::string_view, std::string_view>());
  if (name == "process-group") {
    alias.use.process_group = std::string(value);
  } else if (name == "callable-object" && core::is_callable_name(value)) {
    alias.callable = std::string(value);
  } else if (name == "callable-object") {
    return wrong(printable(word) + " is neither a Python name nor a factory like create_app()");
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

Result<> set_key(AliasDirective& alias, const cmd_parms* command, const std::string& word) {
  switch (alias.kind) {
    case AliasKind::kUrl: {
      WARP_TRY(alias.key, core::mount_url(word));
      return {};
    }
    case AliasKind::kPattern:
      alias.pattern = ap_pregcomp(command->pool, word.c_str(), AP_REG_EXTENDED);
      if (alias.pattern == nullptr)
        return wrong("'" + printable(word) + "' is not a regular expression");
      break;
    case AliasKind::kHandler:
      if (word.empty()) return wrong("the handler's name is empty");
      break;
  }
  alias.key = word;
  return {};
}

Result<> set_target(AliasDirective& alias, const cmd_parms* command, const std::string& word) {
  if (alias.kind == AliasKind::kPattern && core::has_substitution(word))
    return wrong("'" + printable(word) +
                 "' depends on the URL, but a process group runs one application; write a "
                 "WarpScriptAlias with a process group for each");
  WARP_TRY(alias.target, core::parse_target(word));
  if (alias.target.kind != wire::TargetKind::kScript) return {};
  const char* const path = ap_server_root_relative(command->pool, alias.target.name.c_str());
  if (path == nullptr) return wrong("'" + printable(word) + "' is not a path");
  alias.target.name = path;
  return {};
}

// WarpCallableObject has no say in a handler's callable.
Result<> settle_callable(AliasDirective& alias) {
  if (alias.callable && alias.target.callable && *alias.callable != *alias.target.callable)
    return wrong("the target names the callable '" + *alias.target.callable +
                 "', callable-object= another; write one of them");
  if (!alias.callable) alias.callable = alias.target.callable;
  if (!alias.callable && alias.kind == AliasKind::kHandler) alias.callable = kHandlerCallable;
  return {};
}

const char* what_is_needed(AliasKind kind) {
  switch (kind) {
    case AliasKind::kUrl:
      return "a URL path and a target are needed";
    case AliasKind::kPattern:
      return "a regular expression and a target are needed";
    case AliasKind::kHandler:
      break;
  }
  return "a handler's name and a target are needed";
}

}  // namespace

SourceLine source_of(const cmd_parms* command) {
  return {.file = command->directive->filename, .line = command->directive->line_num};
}

Result<AliasDirective> parse_alias(const cmd_parms* command, AliasKind kind,
                                   const char* arguments) {
  WARP_TRY(const std::vector<std::string> words, core::split_arguments(arguments));
  if (words.size() < 2) return wrong(what_is_needed(kind));
  AliasDirective alias;
  alias.use = {.where = source_of(command),
               .directive = command->cmd->name,
               .process_group = {},
               .declared_in = &config_of(command->server)};
  alias.kind = kind;
  WARP_CHECK(set_key(alias, command, words[0]));
  WARP_CHECK(set_target(alias, command, words[1]));
  for (std::size_t i = 2; i < words.size(); ++i) WARP_CHECK(set_alias_option(alias, words[i]));
  WARP_CHECK(settle_callable(alias));
  return alias;
}

Result<ImportDirective> parse_import(const cmd_parms* command, const char* arguments) {
  WARP_TRY(const std::vector<std::string> words, core::split_arguments(arguments));
  if (words.empty() || words.size() > 2) return wrong("a path is needed, and process-group=NAME");
  ImportDirective import;
  import.use = {.where = source_of(command),
                .directive = command->cmd->name,
                .process_group = {},
                .declared_in = &config_of(command->server)};
  const char* const path = ap_server_root_relative(command->pool, words[0].c_str());
  if (path == nullptr) return wrong("'" + printable(words[0]) + "' is not a path");
  import.script = path;
  if (import.script.find(':') != std::string::npos)
    return wrong("'" + printable(words[0]) + "': the path of a script can't hold a colon");
  if (words.size() == 1) return import;
  const auto option = core::split_option(words[1]);
  if (!option || option->first != "process-group")
    return wrong("there is no option '" + printable(words[1]) + "'; there is: process-group=");
  import.use.process_group = std::string(option->second);
  return import;
}

}  // namespace warp
