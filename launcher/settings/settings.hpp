// What the user said, from all sources, with the defaults of the option table filled in.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace warp {

enum class ApplicationType { kScript, kModule };
enum class Mpm { kEvent, kWorker, kPrefork };

using Pair = std::pair<std::string, std::string>;

// Text that may name a file relative to where it was written.
struct LocatedText {
  std::string text{};
  std::string base{};
};

// Paths are absolute. An empty text or optional: not said.
struct Settings {
  std::optional<LocatedText> entry_point{};
  std::optional<ApplicationType> application_type{};
  std::string callable_object{};
  std::string mount_point{};
  std::string working_directory{};
  std::string python_home{};
  std::vector<std::string> python_path{};
  std::vector<Pair> setenv{};

  std::string host{};
  std::uint16_t port = 0;
  std::string server_name{};
  std::vector<Pair> url_aliases{};
  std::string mime_types{};
  std::uint64_t limit_request_body = 0;

  unsigned processes = 0;
  unsigned threads = 0;
  unsigned max_clients = 0;
  std::optional<Mpm> server_mpm{};
  std::string user{};
  std::string group{};
  std::string preload{};  // "on", "off"
  unsigned maximum_requests = 0;
  std::chrono::seconds restart_interval{};
  std::chrono::seconds inactivity_timeout{};
  std::chrono::seconds cpu_time_limit{};
  std::uint64_t memory_limit = 0;
  std::uint64_t memory_hard_limit = 0;
  bool retry_non_idempotent = false;
  bool reload_on_changes = false;
  unsigned cpu_priority = 0;
  std::uint64_t stack_size = 0;
  std::uint64_t virtual_memory_limit = 0;
  std::string switch_interval{};  // seconds, as written

  std::chrono::seconds request_timeout{};
  std::chrono::seconds interrupt_timeout{};
  std::chrono::seconds deadlock_timeout{};
  std::chrono::seconds startup_timeout{};
  std::chrono::seconds graceful_timeout{};
  std::chrono::seconds shutdown_timeout{};
  std::optional<std::chrono::seconds> shutdown_delay{};
  std::chrono::seconds connect_timeout{};
  std::chrono::seconds queue_timeout{};
  unsigned queue_limit = 0;
  std::chrono::seconds socket_timeout{};

  std::string log_level{};
  bool log_to_terminal = false;
  bool access_log = false;
  std::string log_directory{};

  std::uint16_t management_port = 0;  // 0: none
  std::string management_host{};
  std::chrono::seconds saturation_timeout{};

  std::string server_root{};
  std::vector<std::string> include_files{};
  std::string httpd_executable{};
  std::string modules_directory{};

  std::string project_directory{};  // decided by read_settings
};

}  // namespace warp
