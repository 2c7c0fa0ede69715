#include "mod_warp/child/match.hpp"

#include "mod_warp/core/mount.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

constexpr const char* kHandler = "warp-application";

}  // namespace

bool match(request_rec* request) {
  if (request->uri == nullptr) return false;
  for (const Mount& mount : config_of(request->server).mounts) {
    const auto rest = core::path_below(mount.url, request->uri);
    if (!rest) continue;
    auto* const found = new (apr_palloc(request->pool, sizeof(MatchedRequest)))
        MatchedRequest{.mount = &mount, .path_info = *rest};
    ap_set_module_config(request->request_config, &warp_module, found);
    request->handler = kHandler;
    request->filename = pool_text(request->pool, mount.file_name);
    request->path_info = pool_text(request->pool, *rest);
    return true;
  }
  return false;
}

const MatchedRequest* matched(const request_rec* request) {
  return static_cast<const MatchedRequest*>(
      ap_get_module_config(request->request_config, &warp_module));
}

bool is_handled_here(const request_rec* request) {
  return matched(request) != nullptr && request->handler != nullptr &&
         std::string_view(request->handler) == kHandler;
}

}  // namespace warp
