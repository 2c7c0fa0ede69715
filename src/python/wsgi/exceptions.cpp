#include "python/wsgi/exceptions.hpp"

namespace warp::python::wsgi {

Ref make_client_disconnected() {
  return Ref::steal(PyErr_NewExceptionWithDoc("warp.ClientDisconnected",
                                              "The client, or httpd, has closed the connection.",
                                              PyExc_ConnectionError, nullptr));
}

Ref make_request_timeout() {
  return Ref::steal(PyErr_NewExceptionWithDoc(
      "warp.RequestTimeout", "The request has exceeded its time.", PyExc_BaseException, nullptr));
}

Ref raise_transfer_error(PyObject* client_disconnected, const Error& error) {
  PyObject* const type = error.code == Errc::kClosed    ? client_disconnected
                         : error.code == Errc::kTimeout ? PyExc_TimeoutError
                                                        : PyExc_OSError;
  PyErr_SetString(type, error.detail.c_str());
  return {};
}

}  // namespace warp::python::wsgi
