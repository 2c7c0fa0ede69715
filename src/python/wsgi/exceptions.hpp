// The Python exceptions by which an application learns that its client has gone, or its
// time.
#pragma once

#include "python/python.hpp"

#include "base/result.hpp"

namespace warp::python::wsgi {

// warp.ClientDisconnected, a ConnectionError and so an OSError.
[[nodiscard]] Ref make_client_disconnected();

// warp.RequestTimeout, a BaseException like KeyboardInterrupt: it comes from outside, at any point,
// and loops that retry after any Exception must not go on after it.
[[nodiscard]] Ref make_request_timeout();

// ClientDisconnected for a closed channel, TimeoutError, or OSError. Always returns an empty Ref.
Ref raise_transfer_error(PyObject* client_disconnected, const Error& error);

}  // namespace warp::python::wsgi
