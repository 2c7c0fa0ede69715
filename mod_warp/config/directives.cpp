// The table of directives: one line each. Setters check a text by itself; what directives mean
// together is checked in check.cpp when all have been read.
#include <algorithm>

#include "base/strings.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/config/alias_directive.hpp"
#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/core/arguments.hpp"
#include "mod_warp/core/directive.hpp"
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

template <auto Field>
const char* set_process_switch(cmd_parms* command, void* /*directory*/, int is_on) {
  config_of(command->server).switches.*Field = is_on != 0;
  return nullptr;
}

template <auto Field>
const char* set_switch(cmd_parms* /*command*/, void* directory, int is_on) {
  static_cast<DirectoryConfig*>(directory)->*Field = is_on != 0;
  return nullptr;
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
    if (!core::is_callable_name(text))
      return wrong("'" + printable(text) +
                   "' is neither a Python name nor a factory like create_app()");
    config_of(command->server).callable = text;
    return {};
  });
}

const char* set_map_head(cmd_parms* command, void* directory, const char* text) {
  return set(command, [&]() -> Result<> {
    auto& field = static_cast<DirectoryConfig*>(directory)->map_head_to_get;
    if (equals_ignoring_case(text, "auto"))
      field = MapHead::kAuto;
    else if (equals_ignoring_case(text, "on"))
      field = MapHead::kOn;
    else if (equals_ignoring_case(text, "off"))
      field = MapHead::kOff;
    else
      return wrong("'" + printable(text) + "' is none of Auto, On and Off");
    return {};
  });
}

const char* add_trusted_header(cmd_parms* command, void* directory, const char* text) {
  return set(command, [&]() -> Result<> {
    auto*& headers = static_cast<DirectoryConfig*>(directory)->trusted_headers;
    const auto index = core::proxy_header_index(text);
    if (!index)
      return wrong("'" + printable(text) + "' is not a header field of proxies; there are: " +
                   core::names_of_proxy_headers());
    if (headers == nullptr) headers = pool_new<core::TrustedHeaders>(command->pool);
    headers->push_back(*index);
    return {};
  });
}

const char* add_trusted_proxy(cmd_parms* command, void* directory, const char* text) {
  return set(command, [&]() -> Result<> {
    auto*& proxies = static_cast<DirectoryConfig*>(directory)->trusted_proxies;
    WARP_TRY(const core::Network network, core::parse_network(text));
    if (proxies == nullptr) proxies = pool_new<std::vector<core::Network>>(command->pool);
    proxies->push_back(network);
    return {};
  });
}

const char* add_trusted_id(cmd_parms* command, void* directory, const char* text) {
  return set(command, [&]() -> Result<> {
    auto*& headers = static_cast<DirectoryConfig*>(directory)->trusted_ids;
    const auto index = core::request_id_header_index(text);
    if (!index)
      return wrong("'" + printable(text) +
                   "' is not a header field with a request's id; there "
                   "are: " +
                   core::names_of_request_id_headers());
    if (headers == nullptr) headers = pool_new<core::TrustedIdHeaders>(command->pool);
    headers->push_back(*index);
    return {};
  });
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

const char* set_documents_first(cmd_parms* command, void* /*directory*/, const char* arguments) {
  return set(command, [&]() -> Result<> {
    WARP_TRY(std::vector<std::string> words, core::split_arguments(arguments));
    if (words.empty() ||
        (!equals_ignoring_case(words.front(), "on") && !equals_ignoring_case(words.front(), "off")))
      return wrong("is neither On nor Off");
    const bool is_on = equals_ignoring_case(words.front(), "on");
    words.erase(words.begin());
    config_of(command->server).documents_first =
        core::DocumentsFirst{.is_on = is_on, .indexes = std::move(words)};
    return {};
  });
}

const char* name_of_key(AliasKind kind) {
  switch (kind) {
    case AliasKind::kUrl:
      return "URL path";
    case AliasKind::kPattern:
      return "regular expression";
    case AliasKind::kHandler:
      break;
  }
  return "handler";
}

template <AliasKind Kind>
const char* add_alias(cmd_parms* command, void* /*directory*/, const char* arguments) {
  return set(command, [&]() -> Result<> {
    WARP_TRY(AliasDirective alias, parse_alias(command, Kind, arguments));
    ServerConfig& server = config_of(command->server);
    for (const AliasDirective* const other : server.aliases)
      if (other->kind == Kind && other->key == alias.key)
        return wrong("the same " + std::string(name_of_key(Kind)) + " has an application in " +
                     to_string(other->use.where));
    server.aliases.push_back(pool_new<AliasDirective>(command->pool, std::move(alias)));
    return {};
  });
}

const char* add_import(cmd_parms* command, void* /*directory*/, const char* arguments) {
  return set(command, [&]() -> Result<> {
    WARP_TRY(ImportDirective import, parse_import(command, arguments));
    config_of(command->server).imports.push_back(std::move(import));
    return {};
  });
}

constexpr int kEverywhere = RSRC_CONF | ACCESS_CONF;

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
    AP_INIT_RAW_ARGS(warp::core::kScriptAlias.name, warp::add_alias<warp::AliasKind::kUrl>, nullptr,
                     RSRC_CONF, warp::core::kScriptAlias.help),
    AP_INIT_RAW_ARGS(warp::core::kScriptAliasMatch.name, warp::add_alias<warp::AliasKind::kPattern>,
                     nullptr, RSRC_CONF, warp::core::kScriptAliasMatch.help),
    AP_INIT_RAW_ARGS(warp::core::kHandlerScript.name, warp::add_alias<warp::AliasKind::kHandler>,
                     nullptr, RSRC_CONF, warp::core::kHandlerScript.help),
    AP_INIT_TAKE1(warp::core::kProcessGroup.name,
                  warp::set_text<&warp::ServerConfig::process_group>, nullptr, RSRC_CONF,
                  warp::core::kProcessGroup.help),
    AP_INIT_TAKE1(warp::core::kCallableObject.name, warp::set_callable, nullptr, RSRC_CONF,
                  warp::core::kCallableObject.help),
    AP_INIT_RAW_ARGS(warp::core::kImportScript.name, warp::add_import, nullptr, RSRC_CONF,
                     warp::core::kImportScript.help),
    AP_INIT_FLAG(warp::core::kScriptReloading.name,
                 warp::set_process_switch<&warp::ProcessSwitches::script_reloading>, nullptr,
                 RSRC_CONF, warp::core::kScriptReloading.help),
    AP_INIT_FLAG(warp::core::kRestrictStdin.name,
                 warp::set_process_switch<&warp::ProcessSwitches::restrict_stdin>, nullptr,
                 RSRC_CONF, warp::core::kRestrictStdin.help),
    AP_INIT_FLAG(warp::core::kRestrictStdout.name,
                 warp::set_process_switch<&warp::ProcessSwitches::restrict_stdout>, nullptr,
                 RSRC_CONF, warp::core::kRestrictStdout.help),
    AP_INIT_FLAG(warp::core::kRestrictSignal.name,
                 warp::set_process_switch<&warp::ProcessSwitches::restrict_signal>, nullptr,
                 RSRC_CONF, warp::core::kRestrictSignal.help),
    AP_INIT_FLAG(warp::core::kPassAuthorization.name,
                 warp::set_switch<&warp::DirectoryConfig::pass_authorization>, nullptr,
                 warp::kEverywhere, warp::core::kPassAuthorization.help),
    AP_INIT_TAKE1(warp::core::kMapHeadToGet.name, warp::set_map_head, nullptr, warp::kEverywhere,
                  warp::core::kMapHeadToGet.help),
    AP_INIT_FLAG(warp::core::kErrorOverride.name,
                 warp::set_switch<&warp::DirectoryConfig::error_override>, nullptr,
                 warp::kEverywhere, warp::core::kErrorOverride.help),
    AP_INIT_FLAG(warp::core::kChunkedRequest.name,
                 warp::set_switch<&warp::DirectoryConfig::chunked_request>, nullptr,
                 warp::kEverywhere, warp::core::kChunkedRequest.help),
    AP_INIT_ITERATE(warp::core::kTrustedProxyHeaders.name, warp::add_trusted_header, nullptr,
                    warp::kEverywhere, warp::core::kTrustedProxyHeaders.help),
    AP_INIT_ITERATE(warp::core::kTrustedProxies.name, warp::add_trusted_proxy, nullptr,
                    warp::kEverywhere, warp::core::kTrustedProxies.help),
    AP_INIT_RAW_ARGS(warp::core::kDocumentsFirst.name, warp::set_documents_first, nullptr,
                     RSRC_CONF, warp::core::kDocumentsFirst.help),
    AP_INIT_FLAG(warp::core::kPrecompressed.name,
                 warp::set_switch<&warp::DirectoryConfig::precompressed>, nullptr,
                 warp::kEverywhere, warp::core::kPrecompressed.help),
    AP_INIT_ITERATE(warp::core::kTrustedRequestId.name, warp::add_trusted_id, nullptr,
                    warp::kEverywhere, warp::core::kTrustedRequestId.help),
    {},
};
static_assert(std::size(warp_directives) == warp::core::kDirectives.size() + 1,
              "every directive has a line in the manual's table");

}  // extern "C"
