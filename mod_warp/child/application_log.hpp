// What an application says while it serves a request, in the error log of the request's virtual
// host.
#pragma once

#include "mod_warp/child/request.hpp"
#include "wire/log_record.hpp"

namespace warp {

// Every line of the record begins with the request's id and is a line of its own for httpd, which
// escapes control characters: no text can pose as another line.
void log_of_application(Request& request, const wire::LogRecord& record);

}  // namespace warp
