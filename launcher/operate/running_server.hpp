// A server that runs on a server root, as its operator reaches it.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace warp {

struct RunningServer {
  std::string root{};
  std::optional<pid_t> launcher{};  // none: httpd was started by somebody else
  std::vector<std::string> groups{};
};

// `group`: only this one; empty for all. kNotFound when no server runs there, or none with that
// group; kNoPermission for another user's.
[[nodiscard]] Result<RunningServer> find_running_server(const std::string& root,
                                                        const std::string& group);

// A group's answer to `request`, within the time that a supervisor takes at most.
[[nodiscard]] Result<std::string> ask(const RunningServer& server, const std::string& group,
                                      std::string_view request);

}  // namespace warp
