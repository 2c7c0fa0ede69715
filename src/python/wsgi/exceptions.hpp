// The Python exceptions by which an application learns that its client has gone.
#pragma once

#include "python/python.hpp"

#include "base/result.hpp"

namespace warp::python::wsgi {

// warp.ClientDisconnected, a ConnectionError and so an OSError.
[[nodiscard]] Ref make_client_disconnected();

// ClientDisconnected for a closed channel, TimeoutError, or OSError. Always returns an empty Ref.
Ref raise_transfer_error(PyObject* client_disconnected, const Error& error);

}  // namespace warp::python::wsgi
