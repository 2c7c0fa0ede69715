// What the supervisors of a server say about their groups, read from their JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace warp {

// A supervisor runs as its application's user: whoever shows its texts makes them harmless, and its
// numbers are bounded here. Ages and times are seconds, sizes bytes.
struct RequestReport {
  std::uint64_t id = 0;
  std::string method{};
  std::string path{};
  std::string stage{};
  double age = 0;
};

struct WorkerReport {
  std::uint64_t slot = 0;
  std::optional<std::uint64_t> pid{};
  std::uint64_t generation = 0;
  std::string state{};
  double uptime = 0;
  std::uint64_t served = 0;
  std::optional<std::uint64_t> resident{};
  std::optional<std::uint64_t> proportional{};
  std::uint64_t busy = 0;
  std::uint64_t threads = 0;
  std::vector<RequestReport> in_flight{};
};

struct GroupReport {
  std::string name{};
  std::uint64_t supervisor = 0;
  std::uint64_t generation = 0;
  std::string reload{};     // none, running, done, failed
  std::string error_log{};  // empty: no file
  bool is_stopping = false;
  std::vector<WorkerReport> workers{};
  std::vector<std::pair<std::string, std::uint64_t>> restarts{};
};

[[nodiscard]] Result<GroupReport> parse_group_report(std::string_view json);

// The answer to `reload`: the generation that begins.
[[nodiscard]] Result<std::uint64_t> parse_reload_answer(std::string_view json);

struct StacksAnswer {
  std::vector<std::uint64_t> asked{};
  std::string error_log{};  // empty: no file
};
[[nodiscard]] Result<StacksAnswer> parse_stacks_answer(std::string_view json);

// {"NAME": […]} of the groups' documents, in one line.
[[nodiscard]] std::string json_list(const std::string& name,
                                    const std::vector<std::string>& documents);

}  // namespace warp
