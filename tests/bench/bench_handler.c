// The least that an answer from httpd can cost: a handler in C, mounted on every URL without a walk
// through directories. tests/bench builds it with apxs.
#include "httpd.h"

#include "apr_strings.h"
#include "http_config.h"
#include "http_protocol.h"
#include "http_request.h"

static int claim_url(request_rec* request) {
  request->handler = "bench-handler";
  request->filename = apr_pstrdup(request->pool, "/bench-handler");
  return OK;
}

static int skip_walk(request_rec* request) {
  (void)request;
  return OK;
}

static int answer(request_rec* request) {
  static const char kText[] = "Hello, world!";
  ap_set_content_type(request, "text/plain");
  ap_set_content_length(request, sizeof kText - 1);
  ap_rwrite(kText, sizeof kText - 1, request);
  return OK;
}

static void register_hooks(apr_pool_t* pool) {
  (void)pool;
  ap_hook_translate_name(claim_url, NULL, NULL, APR_HOOK_FIRST);
  ap_hook_map_to_storage(skip_walk, NULL, NULL, APR_HOOK_FIRST);
  ap_hook_type_checker(skip_walk, NULL, NULL, APR_HOOK_FIRST);
  ap_hook_handler(answer, NULL, NULL, APR_HOOK_FIRST);
}

module AP_MODULE_DECLARE_DATA bench_handler_module = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, register_hooks, AP_MODULE_FLAG_NONE};
