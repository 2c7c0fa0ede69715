/* The module record. httpd takes the name in <IfModule mod_warp.c> from this file's name. */
#include "httpd.h"

#include "http_config.h"

/* Defined in config/ and hooks.cpp. */
extern const command_rec warp_directives[];
void* warp_create_directory_config(apr_pool_t* pool, char* directory);
void* warp_merge_directory_config(apr_pool_t* pool, void* base, void* overriding);
void* warp_create_server_config(apr_pool_t* pool, server_rec* server);
void* warp_merge_server_config(apr_pool_t* pool, void* base, void* overriding);
void warp_register_hooks(apr_pool_t* pool);

/* One member a line, as httpd's own modules have it. */
/* clang-format off */
AP_DECLARE_MODULE(warp) = {
    STANDARD20_MODULE_STUFF,
    warp_create_directory_config,
    warp_merge_directory_config,
    warp_create_server_config,
    warp_merge_server_config,
    warp_directives,
    warp_register_hooks,
    0,
};
/* clang-format on */
