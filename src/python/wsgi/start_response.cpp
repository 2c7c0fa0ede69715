#include "python/wsgi/start_response.hpp"

#include <string_view>

#include "python/object.hpp"
#include "python/wsgi/exceptions.hpp"

namespace warp::python::wsgi {
namespace {

struct Call {
  PyObject* status = nullptr;
  PyObject* headers = nullptr;
  PyObject* exc_info = nullptr;  // null for None
};

// PEP 3333 has positional arguments only; exc_info= is accepted as the applications of old write
// it.
bool read_arguments(Call& call, PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
  const Py_ssize_t named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
  const bool has_known_name =
      named == 1 && PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(names, 0), "exc_info") == 0;
  if (count < 2 || count + named > 3 || (named > 0 && !has_known_name)) {
    PyErr_SetString(PyExc_TypeError,
                    "start_response takes (status, headers) or (status, headers, exc_info)");
    return false;
  }
  call.status = arguments[0];
  call.headers = arguments[1];
  if (count + named == 3 && arguments[2] != Py_None) call.exc_info = arguments[2];
  return true;
}

bool is_exc_info(PyObject* object) {
  return PyTuple_Check(object) && PyTuple_GET_SIZE(object) == 3 &&
         PyExceptionInstance_Check(PyTuple_GET_ITEM(object, 1)) &&
         PyExceptionClass_Check(PyTuple_GET_ITEM(object, 0));
}

Ref refuse(PyObject* type, const char* text) {
  PyErr_SetString(type, text);
  return {};
}

Ref start(Gil& gil, PyObject* self, const Call& call) {
  Responder& responder = state_of<Responder>(self);
  const Turn turn(gil, *responder.lease);
  if (!turn) return refuse(PyExc_RuntimeError, "start_response: the request has ended");
  Output& output = *responder.output;
  if (call.exc_info != nullptr) {
    if (!is_exc_info(call.exc_info))
      return refuse(PyExc_TypeError, "start_response: exc_info must be what sys.exc_info() gives");
    if (output.is_head_sent()) {
      raise_again(call.exc_info);
      return {};
    }
  } else if (output.head().is_given()) {
    return refuse(PyExc_AssertionError, "start_response was called before, and without exc_info");
  }
  if (!output.head().assign(gil, call.status, call.headers)) return {};
  return make_write(self);
}

PyObject* on_start_response(PyObject* self, PyObject* const* arguments, Py_ssize_t count,
                            PyObject* names) {
  return at_python_boundary([&](Gil& gil) -> Ref {
    Call call;
    if (!read_arguments(call, arguments, count, names)) return {};
    return start(gil, self, call);
  });
}

Ref write(Gil& gil, PyObject* self, PyObject* bytes) {
  Responder& responder = state_of<Responder>(self);
  if (!PyBytes_Check(bytes)) {
    PyErr_Format(PyExc_TypeError, "write() takes bytes, not %.200s", Py_TYPE(bytes)->tp_name);
    return {};
  }
  const Turn turn(gil, *responder.lease);
  if (!turn) return refuse(PyExc_RuntimeError, "write(): the request has ended");
  Output& output = *responder.output;
  if (output.is_ended()) return Ref::none();
  const std::string_view view(PyBytes_AS_STRING(bytes),
                              static_cast<std::size_t>(PyBytes_GET_SIZE(bytes)));
  if (auto sent = output.send(gil, view); !sent)
    return raise_transfer_error(responder.client_disconnected.get(), sent.error());
  return Ref::none();
}

PyObject* on_write(PyObject* self, PyObject* bytes) {
  return at_python_boundary([&](Gil& gil) { return write(gil, self, bytes); });
}

}  // namespace

Ref make_responder_type() {
  static PyType_Slot slots[] = {
      slot(Py_tp_new, refuse_new), slot(Py_tp_dealloc, destroy_object<Responder>), {0, nullptr}};
  static PyType_Spec spec = {"warp.Responder", sizeof(Object<Responder>), 0, Py_TPFLAGS_DEFAULT,
                             slots};
  return Ref::steal(PyType_FromSpec(&spec));
}

Ref make_start_response(PyObject* responder) {
  static PyMethodDef definition = {
      "start_response",
      reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(on_start_response)),
      METH_FASTCALL | METH_KEYWORDS, "start_response(status, headers, exc_info=None): PEP 3333"};
  return Ref::steal(PyCFunction_New(&definition, responder));
}

Ref make_write(PyObject* responder) {
  static PyMethodDef definition = {"write", on_write, METH_O,
                                   "write(bytes): sends a part of the body at once"};
  return Ref::steal(PyCFunction_New(&definition, responder));
}

}  // namespace warp::python::wsgi
