// Where C++ ends: what httpd calls goes through here. An exception that left a hook would abort the
// child with all its other requests.
#pragma once

#include <exception>
#include <string>

#include "base/result.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/log.hpp"

namespace warp {

// Runs a hook's body, a callable that gives Result<int>. An Error becomes a log line at `level` and
// `status_on_error`, an exception "bug: ..." and the same. `subject` is the request or server that
// is logged to.
template <typename Subject, typename Body>
int at_boundary(const Subject* subject, int level, int status_on_error, Body&& body) noexcept {
  try {
    const Result<int> status = body();
    if (status) return *status;
    log_to(subject, level, describe(status.error()));
  } catch (const std::exception& bug) {
    log_to(subject, APLOG_CRIT, std::string("bug: ") + bug.what());
  } catch (...) {
    log_to(subject, APLOG_CRIT, "bug: an unknown exception");
  }
  return status_on_error;
}

template <typename Body>
int at_boundary(const request_rec* request, Body&& body) noexcept {
  return at_boundary(request, APLOG_ERR, HTTP_INTERNAL_SERVER_ERROR, body);
}

// For hooks without a result.
template <typename Subject, typename Body>
void notify_at_boundary(const Subject* subject, Body&& body) noexcept {
  at_boundary(subject, APLOG_ERR, OK, [&]() -> Result<int> {
    body();
    return OK;
  });
}

}  // namespace warp
