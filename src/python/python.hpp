// The door to CPython: the only file that includes Python.h, and before anything else, as CPython
// asks. Differences between its versions (3.8 and later) become functions here.
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <optional>
#include <string_view>

#include "python/ref.hpp"

namespace warp::python {

// The pending exception as one object with its traceback, no longer pending; empty when there is
// none.
[[nodiscard]] inline Ref take_exception() {
#if PY_VERSION_HEX >= 0x030C0000
  return Ref::steal(PyErr_GetRaisedException());
#else
  PyObject* type = nullptr;
  PyObject* value = nullptr;
  PyObject* trace = nullptr;
  PyErr_Fetch(&type, &value, &trace);
  if (type == nullptr) return {};
  PyErr_NormalizeException(&type, &value, &trace);
  if (trace != nullptr) PyException_SetTraceback(value, trace);
  Py_DECREF(type);
  Py_XDECREF(trace);
  return Ref::steal(value);
#endif
}

// Raises what sys.exc_info() gave, an exception as the second of three, with its traceback.
inline void raise_again(PyObject* exc_info) {
  PyObject* const value = PyTuple_GET_ITEM(exc_info, 1);
  PyObject* trace = PyTuple_GET_ITEM(exc_info, 2);
  if (!PyTraceBack_Check(trace)) trace = nullptr;
#if PY_VERSION_HEX >= 0x030C0000
  if (trace != nullptr) PyException_SetTraceback(value, trace);
  Py_INCREF(value);
  PyErr_SetRaisedException(value);
#else
  PyObject* const type = PyExceptionInstance_Class(value);
  Py_INCREF(type);
  Py_INCREF(value);
  Py_XINCREF(trace);
  PyErr_Restore(type, value, trace);
#endif
}

// Empty when there is no such attribute; nullopt with an exception.
[[nodiscard]] inline std::optional<Ref> optional_attribute(PyObject* object, PyObject* name) {
  PyObject* value = nullptr;
#if PY_VERSION_HEX >= 0x030D0000
  const int found = PyObject_GetOptionalAttr(object, name, &value);
#else
  const int found = _PyObject_LookupAttr(object, name, &value);
#endif
  if (found < 0) return std::nullopt;
  return Ref::steal(value);
}

// At most two positional arguments are used by us; the slot before them lets a bound method be
// called without a copy.
[[nodiscard]] inline Ref call(PyObject* callable, PyObject* first, PyObject* second) {
  PyObject* arguments[] = {nullptr, first, second};
#if PY_VERSION_HEX >= 0x03090000
  return Ref::steal(
      PyObject_Vectorcall(callable, arguments + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, nullptr));
#else
  return Ref::steal(
      _PyObject_Vectorcall(callable, arguments + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, nullptr));
#endif
}

// CPython's macros for text are casts in the style of C before 3.10.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"

[[nodiscard]] inline Py_ssize_t text_length(PyObject* text) { return PyUnicode_GET_LENGTH(text); }

// The text in Latin-1, which a str of such characters holds as it is; nullopt when a character is
// beyond.
[[nodiscard]] inline std::optional<std::string_view> latin1_text(PyObject* text) {
  if (PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(PyUnicode_1BYTE_DATA(text)),
                          static_cast<std::size_t>(text_length(text)));
}

[[nodiscard]] inline bool is_ascii(PyObject* text) { return PyUnicode_IS_ASCII(text); }

#pragma GCC diagnostic pop

// repr() of a text, for messages. Runs no Python code, whatever a subclass of str says; empty, with
// no exception, when memory is short.
[[nodiscard]] inline Ref quoted(PyObject* text) {
  Ref quote = Ref::steal(PyUnicode_Type.tp_repr(text));
  if (!quote) PyErr_Clear();
  return quote;
}

// Heap types belong to their instances from 3.9 on, and the collector must see that.
[[nodiscard]] inline int visit_type([[maybe_unused]] PyObject* self,
                                    [[maybe_unused]] visitproc visit, [[maybe_unused]] void* arg) {
#if PY_VERSION_HEX >= 0x03090000
  Py_VISIT(Py_TYPE(self));
#endif
  return 0;
}

}  // namespace warp::python
