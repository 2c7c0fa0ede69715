// Python types whose instances hold a C++ value, and the boundary between Python's calls and C++.
#pragma once

#include "python/python.hpp"

#include <exception>
#include <new>
#include <span>
#include <utility>

#include "python/gil.hpp"

namespace warp::python {

using Arguments = std::span<PyObject* const>;

template <typename State>
struct Object {
  PyObject_HEAD State state;
};

template <typename State>
[[nodiscard]] State& state_of(PyObject* object) {
  return reinterpret_cast<Object<State>*>(object)->state;
}

template <typename State, typename... Values>
[[nodiscard]] Ref make_object(PyObject* type, Values&&... values) {
  auto* const kind = reinterpret_cast<PyTypeObject*>(type);
  PyObject* const object = kind->tp_alloc(kind, 0);
  if (object == nullptr) return {};
  new (&state_of<State>(object)) State(std::forward<Values>(values)...);
  return Ref::steal(object);
}

template <typename State>
void destroy_object(PyObject* object) {
  PyTypeObject* const type = Py_TYPE(object);
  state_of<State>(object).~State();
  type->tp_free(object);
  Py_DECREF(type);
}

// Runs `function`, which returns a Ref. C++ exceptions (memory) become Python's. Not caught is the
// unwinding by which CPython ends threads at finalisation: it is no std::exception.
template <typename Function>
[[nodiscard]] PyObject* at_python_boundary(Function&& function) {
  try {
    Gil gil = Gil::in_callback();
    return function(gil).release();
  } catch (const std::bad_alloc&) {
    return PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_SystemError, error.what());
    return nullptr;
  }
}

// A method with positional arguments, as CPython's METH_FASTCALL calls it.
template <typename State, Ref (*Function)(Gil&, State&, Arguments)>
PyObject* fast_method(PyObject* self, PyObject* const* arguments, Py_ssize_t count) {
  return at_python_boundary([&](Gil& gil) {
    return Function(gil, state_of<State>(self), {arguments, static_cast<std::size_t>(count)});
  });
}

template <typename State, Ref (*Function)(Gil&, State&, Arguments)>
[[nodiscard]] PyMethodDef method(const char* name, const char* documentation) {
  // CPython keeps all kinds of functions in one field and casts back by the flag.
  auto* const function = reinterpret_cast<void (*)()>(&fast_method<State, Function>);
  return {name, reinterpret_cast<PyCFunction>(function), METH_FASTCALL, documentation};
}

// tp_new of types that only the server makes.
inline PyObject* refuse_new(PyTypeObject* type, PyObject* /*args*/, PyObject* /*keywords*/) {
  PyErr_Format(PyExc_TypeError, "%s objects are made by the server only", type->tp_name);
  return nullptr;
}

template <typename Function>
[[nodiscard]] PyType_Slot slot(int number, Function* function) {
  return {number, reinterpret_cast<void*>(function)};
}

}  // namespace warp::python
