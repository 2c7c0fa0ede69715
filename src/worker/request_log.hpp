// What the application says while it serves a request, sent to httpd's child for the error log of
// the request's virtual host.
#pragma once

#include <string_view>

#include "base/log.hpp"
#include "worker/outlet.hpp"

namespace warp::worker {

// For any thread while the request lasts, without the GIL.
class RequestLog final {
 public:
  explicit RequestLog(Outlet& outlet) : outlet_(outlet) {}

  // One record, which may hold several lines; more than the wire's bound of text goes as several
  // records. False when it can't be sent any more: the response has ended, or the child is gone or
  // does not read. The caller then has to log it by itself.
  [[nodiscard]] bool write(LogLevel level, std::string_view text);

 private:
  Outlet& outlet_;
};

}  // namespace warp::worker
