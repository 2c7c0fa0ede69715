// WarpDaemonProcess: what it may say, as values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "wire/frame.hpp"
#include "wire/group_config.hpp"

namespace warp::core {

// Absent: not written. The defaults are those of wire::GroupConfig; see apply().
struct GroupOptions {
  std::optional<std::uint32_t> processes;
  std::optional<std::uint32_t> threads;
  std::optional<std::uint32_t> umask;
  std::optional<std::string> user;
  std::optional<std::string> group;
  std::optional<std::string> home;
  std::optional<std::string> python_home;
  std::optional<std::vector<std::string>> python_path;
  std::optional<std::string> display_name;
  std::optional<std::string> language;
  std::optional<std::string> locale;
  std::optional<std::chrono::milliseconds> startup_timeout;
  std::optional<std::chrono::milliseconds> request_timeout;
  std::optional<std::chrono::milliseconds> interrupt_timeout;
  std::optional<std::chrono::milliseconds> deadlock_timeout;
  std::optional<std::chrono::milliseconds> graceful_timeout;
  std::optional<std::chrono::milliseconds> shutdown_timeout;
  std::optional<std::chrono::milliseconds> connect_timeout;
  std::optional<std::chrono::milliseconds> queue_timeout;
  std::optional<std::uint32_t> queue_limit;
  std::optional<std::chrono::milliseconds> saturation_timeout;
  std::optional<bool> retry_non_idempotent;
  std::optional<std::chrono::milliseconds> socket_timeout;
  std::optional<std::uint32_t> maximum_requests;
  std::optional<std::uint32_t> cpu_priority;
  std::optional<std::uint64_t> stack_size;
  std::optional<std::uint64_t> virtual_memory_limit;
  std::optional<std::chrono::microseconds> switch_interval;
  std::optional<std::vector<std::string>> sendfile_path;
  std::optional<std::uint32_t> request_head_size;
  std::optional<std::uint32_t> response_head_size;
  std::optional<std::uint32_t> preload_size;
  std::optional<std::uint32_t> response_window;
  std::optional<bool> preload;
  std::optional<bool> reload_on_changes;
  std::optional<std::chrono::milliseconds> restart_interval;
  std::optional<std::chrono::milliseconds> inactivity_timeout;
  std::optional<std::chrono::milliseconds> cpu_time_limit;
  std::optional<std::uint64_t> memory_limit;
  std::optional<std::uint64_t> memory_hard_limit;
};

// How httpd's children treat the requests that the workers have yet to take.
struct QueueRules {
  std::chrono::milliseconds connect_timeout{15'000};
  std::chrono::milliseconds queue_timeout{45'000};
  std::uint32_t queue_limit = 100;
  std::chrono::milliseconds saturation_timeout{0};  // of readiness; zero: none
  bool retry_non_idempotent = false;
};

// Bounds that httpd's child keeps to, in bytes.
struct Limits {
  std::uint32_t request_head = wire::kMaxRequestHead;
  std::uint32_t response_head = wire::kMaxResponseHead;
  std::uint32_t preload = std::uint32_t{64} << 10U;           // of a request's body, with its head
  std::uint32_t response_window = std::uint32_t{512} << 10U;  // what can wait for the client
};

// One line of the manual.
struct GroupOption {
  std::string_view name;
  std::string_view value;     // what may stand after the =
  std::string_view fallback;  // when it is not written
  std::string_view help;
  Result<> (*set)(GroupOptions& options, std::string_view text);
};
[[nodiscard]] std::span<const GroupOption> group_options();

// "threads=4". Error: "threads=4x is not a number from 1 to 1024".
[[nodiscard]] Result<> set_group_option(GroupOptions& options, std::string_view word);

// The name of a group is part of log lines and process titles: letters, digits, '.', '_', '-', at
// most 64.
[[nodiscard]] Result<> check_group_name(std::string_view name);

// What was written, over the defaults that `config` holds. User, paths and the target need httpd or
// the file system and are not touched.
void apply(const GroupOptions& options, wire::GroupConfig& config);
[[nodiscard]] Limits limits_of(const GroupOptions& options);
[[nodiscard]] QueueRules queue_rules_of(const GroupOptions& options);

}  // namespace warp::core
