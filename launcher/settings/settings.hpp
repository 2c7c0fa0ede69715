// What the user said, from all sources, with the defaults of the option table filled in.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace warp {

enum class ApplicationType { kScript, kModule, kPaste };
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
  std::vector<std::string> server_aliases{};
  bool allow_localhost = false;
  unsigned server_backlog = 0;

  std::uint16_t https_port = 0;   // 0: no HTTPS
  std::string ssl_certificate{};  // until read_settings has made the next two of it
  std::string ssl_certificate_file{};
  std::string ssl_certificate_key_file{};
  std::string ssl_ca_certificate_file{};
  std::vector<std::string> ssl_verify_client{};
  bool ssl_environment = false;
  bool https_only = false;
  std::string hsts_policy{};
  bool http2 = false;

  std::vector<Pair> url_aliases{};
  std::string document_root{};
  std::vector<std::string> directory_index{};
  bool directory_listing = false;
  bool follow_symlinks = false;
  bool compress_responses = false;
  std::string mime_types{};

  bool keep_alive = false;
  std::chrono::seconds keep_alive_timeout{};
  std::chrono::seconds header_timeout{};
  std::chrono::seconds header_max_timeout{};
  unsigned header_min_rate = 0;
  std::chrono::seconds body_timeout{};
  std::chrono::seconds body_max_timeout{};
  unsigned body_min_rate = 0;
  std::uint64_t limit_request_body = 0;
  unsigned request_head_size = 0;
  unsigned response_head_size = 0;
  std::optional<std::uint64_t> preload_size{};
  unsigned response_window = 0;
  std::vector<Pair> error_documents{};
  bool error_override = false;

  std::string auth_user_file{};
  std::string auth_name{};
  bool server_status = false;

  std::vector<Pair> proxy_mount_points{};
  std::vector<Pair> proxy_virtual_hosts{};
  std::optional<std::chrono::seconds> proxy_timeout{};

  unsigned processes = 0;
  unsigned threads = 0;
  unsigned max_clients = 0;
  std::optional<Mpm> server_mpm{};
  std::string user{};
  std::string group{};
  std::string supplementary_groups{};  // as written, with commas
  std::string preload{};               // "on", "off"
  unsigned maximum_requests = 0;
  std::chrono::seconds restart_interval{};
  std::chrono::seconds inactivity_timeout{};
  std::chrono::seconds cpu_time_limit{};
  std::uint64_t memory_limit = 0;
  std::uint64_t memory_hard_limit = 0;
  bool retry_non_idempotent = false;
  bool reload_on_changes = false;
  int cpu_priority = 0;
  std::uint64_t stack_size = 0;
  std::uint64_t virtual_memory_limit = 0;
  std::uint64_t data_size_limit = 0;
  std::uint64_t open_files_limit = 0;
  std::optional<std::uint64_t> core_size_limit{};
  std::string switch_interval{};  // seconds, as written

  std::chrono::seconds request_timeout{};
  std::chrono::seconds interrupt_timeout{};
  std::chrono::seconds deadlock_timeout{};
  std::chrono::seconds slow_request{};  // zero: none is logged
  std::chrono::seconds startup_timeout{};
  std::chrono::seconds graceful_timeout{};
  std::chrono::seconds eviction_timeout{};
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
  std::string error_log_name{};
  std::string access_log_name{};
  std::string error_log_format{};
  std::string access_log_format{};
  std::string log_format{};  // "text", "json"
  bool rotate_logs = false;
  std::uint64_t max_log_size = 0;
  std::string rotatelogs_executable{};

  std::uint16_t management_port = 0;  // 0: none
  std::string management_host{};
  std::chrono::seconds saturation_timeout{};

  bool debug_mode = false;
  std::string error_page{};  // "production", "development"; empty: production
  bool enable_debugger = false;
  bool enable_profiler = false;
  std::string profiler_directory{};
  bool enable_coverage = false;
  std::string coverage_directory{};

  std::vector<Pair> service_scripts{};  // by the services' names, like the others
  std::vector<Pair> service_users{};
  std::vector<Pair> service_groups{};
  std::vector<Pair> service_log_files{};
  std::string server_type{};  // as --help names it

  std::string server_root{};
  std::vector<std::string> include_files{};
  std::string httpd_executable{};
  std::string modules_directory{};

  std::vector<std::string> trust_proxy_headers{};
  std::vector<std::string> trust_proxies{};  // addresses and networks; "*" for every client

  std::string project_directory{};  // decided by read_settings
  // Who said it, by the option's name; without what has its default: "--port", "WEB_CONCURRENCY",
  // "/srv/app/warpdrive.toml:3:8: port".
  std::map<std::string, std::string, std::less<>> origins{};
};

// Who has said an option; its own name, when nobody has.
[[nodiscard]] inline std::string origin_of(const Settings& settings, std::string_view option) {
  const auto found = settings.origins.find(option);
  return found == settings.origins.end() ? std::string(option) : found->second;
}

}  // namespace warp
