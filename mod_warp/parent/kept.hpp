// Groups on their way from one configuration of httpd to the next. In between this module is
// unloaded, and nobody can say whether it will come back: what waits here belongs to a pool of
// httpd's, which closes it when nobody has taken it in time.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/backoff.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/parent/control_socket.hpp"

namespace warp {

struct KeptGroup {
  std::string identity;
  pid_t supervisor = 0;  // 0: it had ended
  Backoff backoff;
  std::chrono::steady_clock::time_point started_at;
  ControlSocket control;
  std::vector<UniqueFd> descriptors;  // of its heritage, but for the control socket's
};

// `pool`: the one for logs, which httpd clears at a restart after the check of the new
// configuration.
void keep(KeptGroup group, apr_pool_t* pool);
// All groups, less those that there are not descriptors enough for.
[[nodiscard]] std::vector<KeptGroup> take_kept(apr_pool_t* pool);

}  // namespace warp
