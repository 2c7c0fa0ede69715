#include "python/log_text.hpp"

#include "base/strings.hpp"

namespace warp::python {

void log_text(LogLevel level, std::string_view text) {
  for (const std::string_view line : split(text, '\n'))
    if (!line.empty()) log(level, line);
}

}  // namespace warp::python
