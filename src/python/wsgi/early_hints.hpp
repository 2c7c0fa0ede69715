// wsgi.early_hints, as other servers name it: a callable that sends header fields (Link, mostly)
// to the client before the application has made its response.
#pragma once

#include "python/python.hpp"

namespace warp::python::wsgi {

// Bound to a Responder, as start_response is.
[[nodiscard]] Ref make_early_hints(PyObject* responder);

}  // namespace warp::python::wsgi
