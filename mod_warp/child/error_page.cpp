#include "mod_warp/child/error_page.hpp"

#include "mod_warp/log.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

constexpr const char* kRetryAfterSeconds = "2";

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
  if (verdict == core::Verdict::kUnavailable)
    apr_table_setn(request.httpd->err_headers_out, "Retry-After", kRetryAfterSeconds);
  log_cause(request, APLOG_ERR, "answered " + std::to_string(status), slot, cause);
  return status;
}

void log_broken(const Request& request, std::uint32_t slot, std::string_view cause) {
  log_cause(request, APLOG_ERR, "response broken off", slot, cause);
}

void log_retry(const Request& request, std::optional<std::uint32_t> slot, std::string_view cause) {
  if (!APLOG_R_IS_LEVEL(request.httpd, APLOG_DEBUG)) return;
  log_cause(request, APLOG_DEBUG, "trying another worker", slot, cause);
}

}  // namespace warp
