#include "mod_warp/config/directory_config.hpp"

#include "mod_warp/pool.hpp"

namespace warp {

const DirectoryConfig& directory_config_of(const request_rec* request) {
  return *static_cast<const DirectoryConfig*>(
      ap_get_module_config(request->per_dir_config, &warp_module));
}

}  // namespace warp

extern "C" {

void* warp_create_directory_config(apr_pool_t* pool, char* /*directory*/) {
  return warp::pool_new<warp::DirectoryConfig>(pool);
}

// Runs per request where several sections apply, so it allocates nothing that needs a destructor.
void* warp_merge_directory_config(apr_pool_t* pool, void* base, void* overriding) {
  const auto& outer = *static_cast<const warp::DirectoryConfig*>(base);
  const auto& inner = *static_cast<const warp::DirectoryConfig*>(overriding);
  const auto merged = [&](auto field) { return inner.*field ? inner.*field : outer.*field; };
  using Config = warp::DirectoryConfig;
  return new (apr_palloc(pool, sizeof(Config)))
      Config{.pass_authorization = merged(&Config::pass_authorization),
             .map_head_to_get = merged(&Config::map_head_to_get),
             .error_override = merged(&Config::error_override),
             .chunked_request = merged(&Config::chunked_request),
             .precompressed = merged(&Config::precompressed),
             .trusted_headers = merged(&Config::trusted_headers),
             .trusted_proxies = merged(&Config::trusted_proxies),
             .trusted_ids = merged(&Config::trusted_ids)};
}

}  // extern "C"
