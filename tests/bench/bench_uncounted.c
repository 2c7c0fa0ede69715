// Keeps mod_warp, whose hook comes later, from counting requests when httpd logs them: the same
// server without metrics, to compare with. tests/bench builds it with apxs.
#include "httpd.h"

#include "http_config.h"
#include "http_protocol.h"

// Neither OK nor DECLINED: no other hook is called.
static int end_phase(request_rec* request) {
  (void)request;
  return DONE;
}

static void register_hooks(apr_pool_t* pool) {
  (void)pool;
  ap_hook_log_transaction(end_phase, NULL, NULL, APR_HOOK_REALLY_FIRST);
}

module AP_MODULE_DECLARE_DATA bench_uncounted_module = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, register_hooks, AP_MODULE_FLAG_NONE};
