// The file that says that the server is about to stop: as long as it is there, whoever sends
// requests should send them elsewhere. Read by health checks.
#pragma once

#include <string>

namespace warp {

// <server root>/not-ready. Without effect where it can't be written: the stop goes on all the same.
void mark_not_ready(const std::string& server_root);
void unmark_not_ready(const std::string& server_root);

}  // namespace warp
