#include "python/wsgi/log_record.hpp"

#include <string>

#include "base/strings.hpp"
#include "python/wsgi/request_context.hpp"

namespace warp::python::wsgi {
namespace {

// The lines that say something.
std::string without_empty_lines(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
  return lines;
}

}  // namespace

void log_record(LogLevel level, std::string_view text) {
  const std::string record = without_empty_lines(text);
  if (record.empty()) return;
  RequestContext* const request = current_request();
  if (request == nullptr) return log_lines(level, record);
  // Nobody takes it when the response has ended, or the child has.
  if (!request->log().write(level, record))
    log_lines(level, record, "[" + std::string(request->id()) + "] ");
}

}  // namespace warp::python::wsgi
