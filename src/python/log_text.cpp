#include "python/log_text.hpp"

#include <string>

#include "base/strings.hpp"

namespace warp::python {

void log_text(LogLevel level, std::string_view text, std::string_view request_id) {
  if (!is_logged(level)) return;
  std::string prefix;
  if (!request_id.empty()) prefix.append("[").append(request_id).append("] ");
  for (const std::string_view line : split(text, '\n'))
    if (!line.empty()) log(level, prefix + std::string(line));
}

}  // namespace warp::python
