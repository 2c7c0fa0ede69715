// What the directives of a server or virtual host say, and what the check of the whole
// configuration made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mod_warp/apache.hpp"
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

struct AliasDirective {
  SourceLine where;
  std::string url;  // as core::mount_url makes it
  core::Target target;
  std::optional<std::string> process_group;
  std::optional<std::string> callable;
  std::optional<bool> pass_authorization;
  const ServerConfig* declared_in = nullptr;
};

// An alias whose group is known: what requests are matched with.
struct Mount {
  std::string url;
  std::string file_name;  // request_rec::filename: the script, or "warp:module"
  const ProcessGroup* group = nullptr;
  std::optional<bool> pass_authorization;
};

// Lives in httpd's configuration pool, one per server and virtual host. A merged one takes the
// aliases of its base along, not its groups.
struct ServerConfig {
  std::optional<std::string> libexec_directory;
  std::optional<std::string> process_group;
  std::optional<std::string> callable;
  std::vector<DaemonDirective> daemons;
  std::vector<const AliasDirective*> aliases;  // own ones first

  // Written by the check, the same installation for all servers.
  Installation* installation = nullptr;
  std::vector<Mount> mounts;  // in the order to try
};

[[nodiscard]] ServerConfig& config_of(const server_rec* server);

}  // namespace warp
