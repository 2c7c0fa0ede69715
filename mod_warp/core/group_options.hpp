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

// With the default wherever nothing was written.
struct GroupOptions {
  wire::GroupConfig config;  // what supervisor and workers are told; paths are as written
  QueueRules queue;
  Limits limits;

  // What only httpd can find out the meaning, or the default, of. Absent: not written.
  std::optional<std::string> user;
  std::optional<std::string> group;
  std::optional<std::vector<std::string>> supplementary_groups;
  std::optional<bool> preload;
  std::optional<std::chrono::seconds> eviction_timeout;
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

// With the defaults that depend on other options.
[[nodiscard]] wire::GroupConfig config_of(const GroupOptions& options);

}  // namespace warp::core
