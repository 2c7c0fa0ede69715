#include "mod_warp/child/json_access.hpp"

#include <exception>

#include "base/json_line.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// httpd takes handlers of three characters; the first has to be this one.
constexpr const char* kTag = "^wj";

std::string_view field_of(const request_rec* request, const char* name) {
  return text_or_empty(apr_table_get(request->headers_in, name));
}

// Made when something first needs it: by the application's requests always.
std::string_view id_of(const request_rec* request) {
  for (const request_rec* each = request; each != nullptr; each = each->prev)
    if (each->log_id != nullptr) return each->log_id;
  return text_or_empty(apr_table_get(request->subprocess_env, "UNIQUE_ID"));
}

// `request` is the last of a chain of internal redirects (ErrorDocument), which has been answered;
// the first is the one that the client sent.
std::string line_of(const request_rec* request) {
  const request_rec* sent = request;
  while (sent->prev != nullptr) sent = sent->prev;
  JsonLine line;
  line.add("time", utc_time(sent->request_time))
      .add_or_null("request_id", id_of(request))
      .add("client", text_or_empty(request->useragent_ip))
      .add_or_null("user", text_or_empty(request->user))
      .add("scheme", text_or_empty(ap_http_scheme(request)))
      .add_or_null("host", field_of(sent, "Host"))
      .add("method", text_or_empty(sent->method))
      .add_or_null("target", text_or_empty(sent->unparsed_uri))
      .add("protocol", text_or_empty(sent->protocol))
      .add("status", std::int64_t{request->status})
      .add("bytes", std::int64_t{request->bytes_sent})
      .add("microseconds", std::int64_t{apr_time_now() - sent->request_time})
      .add_or_null("referer", field_of(sent, "Referer"))
      .add_or_null("user_agent", field_of(sent, "User-Agent"));
  return std::move(line).take();
}

const char* json_line(request_rec* request, char* /*argument*/) noexcept {
  try {
    return pool_text(request->pool, line_of(request));
  } catch (const std::exception&) {
    return "{}";
  }
}

}  // namespace

void offer_json_access_log(apr_pool_t* pool) {
  const auto register_handler = APR_RETRIEVE_OPTIONAL_FN(ap_register_log_handler);
  if (register_handler == nullptr) return;
  register_handler(pool, apr_pstrdup(pool, kTag), json_line, 0);
}

}  // namespace warp
