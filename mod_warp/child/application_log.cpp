#include "mod_warp/child/application_log.hpp"

#include "mod_warp/core/log_lines.hpp"
#include "mod_warp/log.hpp"

namespace warp {
namespace {

static_assert(wire::kLogCritical == APLOG_CRIT && wire::kLogError == APLOG_ERR &&
              wire::kLogWarning == APLOG_WARNING && wire::kLogNotice == APLOG_NOTICE &&
              wire::kLogInfo == APLOG_INFO && wire::kLogDebug == APLOG_DEBUG);

// httpd's formatting ends a text at a NUL.
void append_without_nul(std::string& line, std::string_view text) {
  for (std::size_t nul = text.find('\0'); nul != std::string_view::npos; nul = text.find('\0')) {
    line += text.substr(0, nul);
    line += "\\x00";
    text.remove_prefix(nul + 1);
  }
  line += text;
}

}  // namespace

void log_of_application(Request& request, const wire::LogRecord& record) {
  if (!APLOG_R_IS_LEVEL(request.httpd, record.level)) return;
  std::string line = "[";
  line += request.id;
  line += "] ";
  const std::size_t prefix = line.size();
  const std::lock_guard together(request.child.log_mutex());
  for (std::string_view rest = record.text; !rest.empty();) {
    line.resize(prefix);
    append_without_nul(line, core::take_log_line(rest));
    log_to(request.httpd, record.level, line);
  }
}

}  // namespace warp
