#include "mod_warp/config/server_config.hpp"

#include "mod_warp/pool.hpp"

namespace warp {

std::string to_string(const SourceLine& where) {
  return where.file + ":" + std::to_string(where.line);
}

ServerConfig& config_of(const server_rec* server) {
  return *static_cast<ServerConfig*>(ap_get_module_config(server->module_config, &warp_module));
}

}  // namespace warp

extern "C" {

void* warp_create_server_config(apr_pool_t* pool, server_rec* /*server*/) {
  return warp::pool_new<warp::ServerConfig>(pool);
}

void* warp_merge_server_config(apr_pool_t* pool, void* base, void* overriding) {
  const auto& outer = *static_cast<const warp::ServerConfig*>(base);
  const auto& inner = *static_cast<const warp::ServerConfig*>(overriding);
  auto* const merged = warp::pool_new<warp::ServerConfig>(pool);
  merged->process_group = inner.process_group ? inner.process_group : outer.process_group;
  merged->callable = inner.callable ? inner.callable : outer.callable;
  merged->documents_first = inner.documents_first ? inner.documents_first : outer.documents_first;
  merged->switches = inner.switches;
  merged->daemons = inner.daemons;
  merged->imports = inner.imports;
  merged->aliases = inner.aliases;
  merged->aliases.insert(merged->aliases.end(), outer.aliases.begin(), outer.aliases.end());
  return merged;
}

}  // extern "C"
