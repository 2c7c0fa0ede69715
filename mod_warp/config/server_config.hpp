// What the directives of a server or virtual host say, and what the check of the whole
// configuration made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mod_warp/apache.hpp"
#include "mod_warp/core/documents.hpp"
#include "mod_warp/core/group_options.hpp"
#include "mod_warp/core/target.hpp"

namespace warp {

struct Installation;
struct ProcessGroup;
struct ServerConfig;

// Where a directive stands, for messages.
struct SourceLine {
  std::string file;
  int line = 0;
};
[[nodiscard]] std::string to_string(const SourceLine& where);

struct DaemonDirective {
  SourceLine where;
  std::string name;
  core::GroupOptions options;
};

// A directive that some process group carries out.
struct GroupUse {
  SourceLine where;
  const char* directive = nullptr;  // its name
  std::optional<std::string> process_group;
  const ServerConfig* declared_in = nullptr;
};

// How an application's requests are found.
enum class AliasKind : std::uint8_t { kUrl, kPattern, kHandler };

struct AliasDirective {
  GroupUse use;
  AliasKind kind{};
  std::string key;  // kUrl: as core::mount_url makes it; the pattern, or the handler's name
  const ap_regex_t* pattern = nullptr;
  core::Target target;
  std::optional<std::string> callable;
  std::optional<bool> pass_authorization;
};

struct ImportDirective {
  GroupUse use;
  std::string script;
};

// What the directives about the workers of the groups declared here say.
struct ProcessSwitches {
  std::optional<bool> script_reloading;
  std::optional<bool> restrict_stdin;
  std::optional<bool> restrict_stdout;
  std::optional<bool> restrict_signal;
};

// An alias whose group is known: what requests are matched with.
struct Mount {
  std::string key;  // of AliasDirective
  const ap_regex_t* pattern = nullptr;
  std::string file_name;  // request_rec::filename: the script, or "warp:module"
  const ProcessGroup* group = nullptr;
  std::optional<bool> pass_authorization;
};

// Lives in httpd's configuration pool, one per server and virtual host. A merged one takes the
// aliases of its base along, not its groups and what belongs to them.
struct ServerConfig {
  std::optional<std::string> libexec_directory;
  std::optional<std::string> process_group;
  std::optional<std::string> callable;
  ProcessSwitches switches;
  std::optional<core::DocumentsFirst> documents_first;
  std::vector<DaemonDirective> daemons;
  std::vector<ImportDirective> imports;
  std::vector<const AliasDirective*> aliases;  // own ones first

  // Written by the check, the same installation for all servers.
  Installation* installation = nullptr;
  std::vector<Mount> mounts;    // of URLs, in the order to try
  std::vector<Mount> patterns;  // own ones first
  std::vector<Mount> handlers;  // own ones first
};

[[nodiscard]] ServerConfig& config_of(const server_rec* server);

}  // namespace warp
