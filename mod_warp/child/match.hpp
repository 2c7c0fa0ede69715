// Which requests are ours: those whose path belongs to a mount, and those whose handler is a
// WarpHandlerScript's.
#pragma once

#include "mod_warp/apache.hpp"
#include "mod_warp/child/journey.hpp"
#include "mod_warp/config/server_config.hpp"

namespace warp {

// Kept in the request's pool for the later hooks. The texts are parts of the request's path.
struct MatchedRequest {
  const Mount* mount = nullptr;
  std::string_view script_name;
  std::string_view path_info;
  Journey journey;
};

// Makes the request ours when a mount covers it: handler, file name, path info.
[[nodiscard]] bool match(request_rec* request);

// nullptr when neither match() nor is_handled_here() has found a mount.
[[nodiscard]] const MatchedRequest* matched(const request_rec* request);
// The same, for what is noted on the way.
[[nodiscard]] Journey* journey_of(const request_rec* request);

// Whether the handler is ours: SetHandler in a <Location> takes a part of a mount away from us, and
// gives us what is a WarpHandlerScript's.
[[nodiscard]] bool is_handled_here(request_rec* request);

}  // namespace warp
