// What the application says, as a record of the error log: of one line or several, to the log of
// the virtual host whose request the thread serves, else to the server's.
#pragma once

#include "python/python.hpp"

#include <string_view>

#include "base/log.hpp"
#include "python/gil.hpp"

namespace warp::python::wsgi {

// Reaches httpd's child, or the log, before it returns: the process may die right afterwards. Not
// with the GIL held, as it may wait.
void log_record(LogLevel level, std::string_view text);

// `text` is the caller's own copy: the GIL is released meanwhile.
inline void log_record(Gil& gil, LogLevel level, std::string_view text) {
  GilRelease wait(gil);
  log_record(level, text);
}

}  // namespace warp::python::wsgi
