#include "mod_warp/child/answer_status.hpp"

#include "mod_warp/child/managed_groups.hpp"
#include "mod_warp/management/status_json.hpp"
#include "mod_warp/management/status_page.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

management::ServerStatus look_at_server(request_rec* request) {
  management::ServerStatus status{// Not the name that the client has asked for.
                                  .host = text_or_empty(request->server->server_hostname),
                                  .software = text_or_empty(ap_get_server_banner()),
                                  .time_us = scoreboard::now_us(),
                                  .is_ending = service_of(request) == management::Service::kEnding,
                                  .groups = {}};
  const auto now = std::chrono::steady_clock::now();
  for (const auto& group : managed_groups(*config_of(request->server).installation))
    status.groups.push_back(management::status_of(group, now, status.time_us));
  return status;
}

void forbid_all_but_its_own(request_rec* request) {
  apr_table_t* const fields = request->headers_out;
  apr_table_setn(fields, "Content-Security-Policy",
                 pool_text(request->pool, management::status_page_policy()));
  apr_table_setn(fields, "X-Content-Type-Options", "nosniff");
  apr_table_setn(fields, "Cross-Origin-Resource-Policy", "same-origin");
  apr_table_setn(fields, "Referrer-Policy", "no-referrer");
}

}  // namespace

int send_status(request_rec* request) {
  const management::ServerStatus status = look_at_server(request);
  forbid_all_but_its_own(request);
  if (text_or_empty(request->args).starts_with("json"))
    return send_page(request, "application/json", management::status_json(status));
  return send_page(request, "text/html; charset=utf-8", management::status_page(status));
}

}  // namespace warp
