#include "mod_warp/parent/announce_end.hpp"

#include <poll.h>

#include <string_view>

#include "base/deadline.hpp"
#include "mod_warp/log.hpp"

namespace warp {
namespace {

Result<> prepare(Installation& installation) {
  WARP_TRY(installation.farewell_memory, SharedFlag::create());
  WARP_TRY(installation.farewell, SharedFlag::map(installation.farewell_memory.get()));
  return {};
}

}  // namespace

void prepare_farewell(Installation& installation, const server_rec* server) {
  if (const auto prepared = prepare(installation); !prepared)
    log_to(server, APLOG_WARNING,
           "clients will not be told to close their connections before httpd stops or restarts, "
           "so a request that is on its way then may be lost: " +
               describe(prepared.error()));
}

bool means_graceful_restart(const ap_errorlog_info* line) {
  constexpr std::string_view kThreaded = "Doing graceful restart";
  constexpr std::string_view kPrefork = "Graceful restart requested, doing restart";
  if (line->level != APLOG_NOTICE || line->s == nullptr || line->s != ap_server_conf ||
      line->format == nullptr)
    return false;
  const std::string_view format = line->format;
  return format.ends_with(kThreaded) || format.ends_with(kPrefork);
}

void announce_graceful_restart(const Installation& installation) {
  constexpr std::chrono::milliseconds kForKeptConnections{500};
  constexpr int kPause = 10;
  // The launcher has set it and waited already.
  if (installation.farewell.is_set()) return;
  if (!SharedFlag::set(installation.farewell_memory.get())) return;
  const Deadline deadline = Deadline::in(kForKeptConnections);
  while (!deadline.has_passed()) static_cast<void>(::poll(nullptr, 0, kPause));
}

}  // namespace warp
