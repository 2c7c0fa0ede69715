// Text of several lines, such as a traceback, in the server's error log: one line of it per line of
// the log, so that it stays readable and no line of it can pass for another record.
#pragma once

#include <string_view>

#include "base/log.hpp"

namespace warp::python {

// `request_id`, where there is one, begins each line.
void log_text(LogLevel level, std::string_view text, std::string_view request_id = {});

}  // namespace warp::python
