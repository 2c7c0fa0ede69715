// A process group as it will run: its directive, its application and all defaults.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/shared_flag.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/config/run_as.hpp"
#include "mod_warp/config/server_config.hpp"
#include "wire/group_config.hpp"

namespace warp {

class Child;
class Parent;
struct KeptGroup;

struct ProcessGroup {
  std::size_t index = 0;  // in Installation::groups
  wire::GroupConfig settings;
  core::QueueRules queue;
  core::Limits limits;
  RunAs run_as;
};

// All that this configuration of httpd runs. Made by the check, owned by httpd's configuration
// pool, shared by all servers' ServerConfig.
struct Installation {
  Installation();
  ~Installation();
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  std::string supervisor_program;
  std::string module_file;  // of this module
  std::vector<std::unique_ptr<ProcessGroup>> groups;
  std::vector<KeptGroup> kept;  // of the last configuration, between the check and post_config

  std::unique_ptr<Parent> parent;  // from post_config on; its children inherit a copy
  // From post_config on; set: responses end their connections.
  SharedFlag farewell;
  UniqueFd farewell_memory;  // in httpd's parent
  Child* child = nullptr;    // in a child of httpd, from child_init on
};

// There is such a file.
[[nodiscard]] Result<> check_script(const std::string& path);

// Completes a group's settings from its directive and the application that was found for it, with
// files and users checked.
struct GroupPlan {
  const DaemonDirective& directive;
  const AliasDirective& application;
  std::string callable;
  std::vector<std::string> import_scripts;
  ProcessSwitches switches;
  std::string libexec_directory;
  std::string log_level;
  apr_pool_t* pool = nullptr;
};
[[nodiscard]] Result<std::unique_ptr<ProcessGroup>> make_process_group(const GroupPlan& plan);

}  // namespace warp
