// The owner of one reference to a Python object. A bare PyObject* is always borrowed. Included by
// python.hpp, after Python.h.
//
// A function that returns an empty Ref (or false) where it promises a value has left a Python
// exception pending, as CPython's own functions do; one that cannot fail says so.
#pragma once

#include <utility>

namespace warp::python {

// Made, copied and destroyed with the GIL held.
class Ref final {
 public:
  Ref() = default;
  [[nodiscard]] static Ref steal(PyObject* object) { return Ref(object); }
  [[nodiscard]] static Ref borrow(PyObject* object) {
    Py_XINCREF(object);
    return Ref(object);
  }
  [[nodiscard]] static Ref none() { return borrow(Py_None); }

  Ref(Ref&& other) noexcept : object_(other.release()) {}
  Ref& operator=(Ref&& other) noexcept {
    // The old object goes last: its destructor may run Python code that looks at this Ref.
    Ref old(std::exchange(object_, other.release()));
    return *this;
  }
  Ref(const Ref& other) : Ref(borrow(other.object_)) {}
  Ref& operator=(const Ref& other) {
    if (this != &other) *this = borrow(other.object_);
    return *this;
  }
  ~Ref() { Py_XDECREF(object_); }

  [[nodiscard]] PyObject* get() const { return object_; }
  [[nodiscard]] PyObject* release() { return std::exchange(object_, nullptr); }
  explicit operator bool() const { return object_ != nullptr; }
  void reset() { Ref old(release()); }

 private:
  explicit Ref(PyObject* object) : object_(object) {}

  PyObject* object_ = nullptr;
};

}  // namespace warp::python
