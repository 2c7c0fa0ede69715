#include "mod_warp/child/error_page.hpp"

#include "mod_warp/child/trouble.hpp"
#include "mod_warp/log.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kRetryAfter{2};

void set_retry_after(const Request& request, std::chrono::seconds after) {
  apr_table_setn(request.httpd->err_headers_out, "Retry-After",
                 pool_text(request.httpd->pool, std::to_string(after.count())));
}

int status_of(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::kUnavailable:
      return HTTP_SERVICE_UNAVAILABLE;
    case core::Verdict::kGatewayTimeout:
      return HTTP_GATEWAY_TIME_OUT;
    case core::Verdict::kBadGateway:
    case core::Verdict::kTryAgain:
      break;
  }
  return HTTP_BAD_GATEWAY;
}

// The path comes without its query, which may hold secrets.
void log_cause(const Request& request, int level, std::string_view event,
               std::optional<std::uint32_t> slot, std::string_view cause) {
  std::string line(event);
  line += " group=" + request.group.group.settings.name;
  if (slot) line += " slot=" + std::to_string(*slot);
  line += ": ";
  line += cause;
  line += " (";
  line += text_or_empty(request.httpd->method);
  line += ' ';
  line += text_or_empty(request.httpd->uri);
  line += ')';
  log_to(request.httpd, level, line);
}

}  // namespace

int answer_failure(const Request& request, std::optional<std::uint32_t> slot, core::Verdict verdict,
                   std::string_view cause) {
  const int status = status_of(verdict);
  if (verdict == core::Verdict::kUnavailable) set_retry_after(request, kRetryAfter);
  log_cause(request, APLOG_ERR, "answered " + std::to_string(status), slot, cause);
  return status;
}

int refuse(const Request& request, core::LogLimit& lines, std::string_view cause,
           std::chrono::seconds retry_after) {
  set_retry_after(request, retry_after);
  if (const auto left_out = lines.admit(std::chrono::steady_clock::now())) {
    std::string text(cause);
    if (*left_out > 0)
      text += "; so were " + std::to_string(*left_out) + " requests since the last such line";
    log_cause(request, APLOG_ERR, "refused with 503", std::nullopt, text);
  }
  return HTTP_SERVICE_UNAVAILABLE;
}

int answer_client(const Request& request, int status) {
  if (status != kClientClosedRequest) return status;
  log_cause(request, APLOG_DEBUG, "client left", std::nullopt, "it waits for no answer any more");
  request.httpd->status = status;
  request.httpd->status_line = "499 Client Closed Request";
  request.httpd->connection->keepalive = AP_CONN_CLOSE;
  return DONE;
}

void log_broken(const Request& request, std::uint32_t slot, std::string_view cause) {
  log_cause(request, APLOG_ERR, "response broken off", slot, cause);
}

void log_waiting(const Request& request) {
  if (!APLOG_R_IS_LEVEL(request.httpd, APLOG_DEBUG)) return;
  log_cause(request, APLOG_DEBUG, "waiting in the queue", std::nullopt,
            "no worker takes it at once");
}

void log_retry(const Request& request, std::optional<std::uint32_t> slot, std::string_view cause) {
  if (!APLOG_R_IS_LEVEL(request.httpd, APLOG_DEBUG)) return;
  log_cause(request, APLOG_DEBUG, "trying another worker", slot, cause);
}

}  // namespace warp
