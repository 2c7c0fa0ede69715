// Which requests are ours: those whose path is a mount or below it.
#pragma once

#include "mod_warp/apache.hpp"
#include "mod_warp/config/server_config.hpp"

namespace warp {

// What translate_name found out, kept in the request's pool for the later hooks.
struct MatchedRequest {
  const Mount* mount = nullptr;
  std::string_view path_info;  // as in the request's path
};

// Makes the request ours when a mount covers it: handler, file name, path info.
[[nodiscard]] bool match(request_rec* request);

// nullptr when match() did not find a mount.
[[nodiscard]] const MatchedRequest* matched(const request_rec* request);

// SetHandler in a <Location> takes a part of a mount away from us.
[[nodiscard]] bool is_handled_here(const request_rec* request);

}  // namespace warp
