// start_response and the write() that it returns: two functions over one object per thread, used
// again for the next request unless the application has kept them.
#pragma once

#include "python/python.hpp"

#include <memory>

#include "python/gil.hpp"
#include "python/wsgi/events.hpp"
#include "python/wsgi/lease.hpp"
#include "python/wsgi/output.hpp"

namespace warp::python::wsgi {

// The state behind both functions.
struct Responder {
  // Shared with wsgi.input of the same request: either may outlive the thread in the application's
  // hands.
  std::shared_ptr<Lease> lease;
  Output* output;  // valid while the lease lasts
  Events* events;  // likewise
  Ref client_disconnected;
};

[[nodiscard]] Ref make_responder_type();

// The functions, bound to a Responder.
[[nodiscard]] Ref make_start_response(PyObject* responder);
[[nodiscard]] Ref make_write(PyObject* responder);

}  // namespace warp::python::wsgi
