// Lines in httpd's error log: `level` is one of httpd's APLOG_ numbers.
#pragma once

#include <string_view>

#include "mod_warp/apache.hpp"

namespace warp {

// The line that httpd shows at its debug level is the caller's.
inline void log_to(const server_rec* server, int level, std::string_view text,
                   const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  ap_log_error(file, line, APLOG_MODULE_INDEX, level, 0, server, "%.*s",
               static_cast<int>(text.size()), text.data());
}
inline void log_to(const request_rec* request, int level, std::string_view text,
                   const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  ap_log_rerror(file, line, APLOG_MODULE_INDEX, level, 0, request, "%.*s",
                static_cast<int>(text.size()), text.data());
}

}  // namespace warp
