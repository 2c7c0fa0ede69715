#include "python/wsgi/early_hints.hpp"

#include "python/object.hpp"
#include "python/wsgi/exceptions.hpp"
#include "python/wsgi/fields.hpp"
#include "python/wsgi/start_response.hpp"

namespace warp::python::wsgi {
namespace {

constexpr const char* kCaller = "early_hints";

Ref send_hints(Gil& gil, PyObject* self, PyObject* headers) {
  Responder& responder = state_of<Responder>(self);
  Fields fields;
  if (!fields.assign(gil, kCaller, headers, Sendfile::kPassed)) return {};
  wire::ResponseHead hints{.status = wire::kEarlyHints, .reason = "Early Hints"};
  fields.append_to(hints.fields);
  const Turn turn(gil, *responder.lease);
  if (!turn) {
    PyErr_Format(PyExc_RuntimeError, "%s: the request has ended", kCaller);
    return {};
  }
  if (hints.fields.empty()) return Ref::none();
  const auto sent = responder.output->send_hints(gil, hints);
  if (sent) return Ref::none();
  if (sent.error().code != Errc::kTooLarge)
    return raise_transfer_error(responder.client_disconnected.get(), sent.error());
  PyErr_Format(PyExc_ValueError, "%s: %s", kCaller, sent.error().detail.c_str());
  return {};
}

PyObject* on_early_hints(PyObject* self, PyObject* headers) {
  return at_python_boundary([&](Gil& gil) { return send_hints(gil, self, headers); });
}

}  // namespace

Ref make_early_hints(PyObject* responder) {
  static PyMethodDef definition = {
      "early_hints", on_early_hints, METH_O,
      "early_hints([(name, value), ...]): sends an interim response 103 with these fields"};
  return Ref::steal(PyCFunction_New(&definition, responder));
}

}  // namespace warp::python::wsgi
