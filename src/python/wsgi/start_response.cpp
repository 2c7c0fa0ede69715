#include "python/wsgi/start_response.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "python/object.hpp"
#include "python/wsgi/exceptions.hpp"

namespace warp::python::wsgi {
namespace {

// Null for what was not given.
using Call = std::array<PyObject*, 3>;
constexpr std::size_t kStatus = 0;
constexpr std::size_t kHeaders = 1;
constexpr std::size_t kExcInfo = 2;

// The places of the arguments, by the names that PEP 3333 and wsgiref give them.
std::optional<std::size_t> place_of(PyObject* name) {
  constexpr std::array<std::pair<const char*, std::size_t>, 4> kNames = {
      {{"status", 0}, {"headers", 1}, {"response_headers", 1}, {"exc_info", 2}}};
  for (const auto& [known, place] : kNames)
    if (PyUnicode_CompareWithASCIIString(name, known) == 0) return place;
  return std::nullopt;
}

bool read_arguments(Call& call, Arguments positional, PyObject* const* named, PyObject* names) {
  bool is_right = positional.size() <= call.size();
  for (std::size_t i = 0; is_right && i < positional.size(); ++i) call[i] = positional[i];
  const Py_ssize_t count = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
  for (Py_ssize_t i = 0; is_right && i < count; ++i) {
    const auto place = place_of(PyTuple_GET_ITEM(names, i));
    is_right = place && call[*place] == nullptr;
    if (is_right) call[*place] = named[i];
  }
  if (is_right && call[kStatus] != nullptr && call[kHeaders] != nullptr) return true;
  PyErr_SetString(PyExc_TypeError,
                  "start_response takes (status, headers) or (status, headers, exc_info)");
  return false;
}

enum class ExcInfo { kNone, kGiven, kWrong };

// Outside the handling of an exception sys.exc_info() gives three times None.
ExcInfo kind_of(PyObject* exc_info) {
  if (exc_info == nullptr || exc_info == Py_None) return ExcInfo::kNone;
  if (!PyTuple_Check(exc_info) || PyTuple_GET_SIZE(exc_info) != 3) return ExcInfo::kWrong;
  PyObject* const type = PyTuple_GET_ITEM(exc_info, 0);
  PyObject* const value = PyTuple_GET_ITEM(exc_info, 1);
  if (type == Py_None && value == Py_None) return ExcInfo::kNone;
  return PyExceptionClass_Check(type) && PyExceptionInstance_Check(value) ? ExcInfo::kGiven
                                                                          : ExcInfo::kWrong;
}

bool refuse(PyObject* type, const char* text) {
  PyErr_SetString(type, text);
  return false;
}

bool set_head(Gil& gil, Responder& responder, const Call& call) {
  const Turn turn(gil, *responder.lease);
  if (!turn) return refuse(PyExc_RuntimeError, "start_response: the request has ended");
  Output& output = *responder.output;
  const ExcInfo exc_info = kind_of(call[kExcInfo]);
  if (exc_info == ExcInfo::kWrong)
    return refuse(PyExc_TypeError, "start_response: exc_info must be what sys.exc_info() gives");
  if (exc_info == ExcInfo::kGiven && output.is_head_sent()) {
    raise_again(call[kExcInfo]);
    return false;
  }
  if (exc_info == ExcInfo::kNone && output.has_head())
    return refuse(PyExc_AssertionError, "start_response was called before, and without exc_info");
  return output.set_head(gil, call[kStatus], call[kHeaders]);
}

Ref start(Gil& gil, PyObject* self, const Call& call) {
  Responder& responder = state_of<Responder>(self);
  if (!set_head(gil, responder, call)) return {};
  if (responder.events->are_watched())
    responder.events->response_started(gil, call[kStatus], call[kHeaders], call[kExcInfo]);
  return make_write(self);
}

PyObject* on_start_response(PyObject* self, PyObject* const* arguments, Py_ssize_t count,
                            PyObject* names) {
  return at_python_boundary([&](Gil& gil) -> Ref {
    Call call{};
    const Arguments positional(arguments, static_cast<std::size_t>(count));
    if (!read_arguments(call, positional, arguments + count, names)) return {};
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
  Output& output = *responder.output;
  if (!turn || !output.has_head()) {
    refuse(PyExc_RuntimeError, turn ? "write(): start_response refused the head of the response"
                                    : "write(): the request has ended");
    return {};
  }
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
