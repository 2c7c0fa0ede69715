#include "mod_warp/child/interim.hpp"

#include <utility>

#include "mod_warp/core/response_rules.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// mod_http2 reads an interim response back line by line, and fails on a line over 8 KiB.
constexpr std::size_t kLongestValue = 7'000;

apr_table_t* hints_of(apr_pool_t* pool, const wire::ResponseHead& head) {
  apr_table_t* const hints = apr_table_make(pool, static_cast<int>(head.fields.size()));
  for (const wire::HeaderField& field : head.fields)
    if (core::is_early_hint(field.name) && field.value.size() <= kLongestValue)
      apr_table_addn(hints, pool_text(pool, field.name), pool_text(pool, field.value));
  return hints;
}

}  // namespace

void send_interim(request_rec* request, const wire::ResponseHead& head) {
  if (request->main != nullptr || request->assbackwards != 0) return;
  apr_table_t* const hints = hints_of(request->pool, head);
  if (apr_is_empty_table(hints) != 0) return;
  // ap_send_interim_response() takes all from the request, and clears the table of fields.
  apr_table_t* const fields = std::exchange(request->headers_out, hints);
  const int status = std::exchange(request->status, int{wire::kEarlyHints});
  const char* const line = std::exchange(request->status_line, "103 Early Hints");
  ap_send_interim_response(request, 1);
  request->headers_out = fields;
  request->status = status;
  request->status_line = line;
}

bool ask_for_body(request_rec* request) {
  if (request->expecting_100 == 0) return true;
  if (request->sent_bodyct != 0) {
    // Too late: the response's header is out.
    request->expecting_100 = 0;
    return true;
  }
  if (!ap_is_HTTP_SUCCESS(request->status)) return false;
  const int status = std::exchange(request->status, HTTP_CONTINUE);
  const char* const line = std::exchange(request->status_line, nullptr);
  ap_send_interim_response(request, 0);
  request->status = status;
  request->status_line = line;
  return request->expecting_100 == 0;
}

}  // namespace warp
