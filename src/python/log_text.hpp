// Text of several lines, such as a traceback, in the error log: one record per line, so that it
// stays readable and no line of it can pass for another record.
#pragma once

#include <string_view>

#include "base/log.hpp"

namespace warp::python {

void log_text(LogLevel level, std::string_view text);

}  // namespace warp::python
