// The interpreter's lock as a parameter: a function that takes a Gil& can only be called by a
// thread that holds it.
#pragma once

#include "python/python.hpp"

namespace warp::python {

class Gil final {
 public:
  // Takes the lock for a thread of ours. From its own thread state and not by PyGILState_Ensure,
  // which costs a look-up.
  explicit Gil(PyThreadState* state) : state_(state) { PyEval_RestoreThread(state); }
  // In a function that Python calls, the thread has the lock already.
  [[nodiscard]] static Gil in_callback() { return {}; }
  ~Gil() {
    if (state_ != nullptr) PyEval_SaveThread();
  }
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

 private:
  Gil() = default;

  PyThreadState* state_ = nullptr;
};

// The interpreter's lock for a thread that has no state of its own.
class Visit final {
 public:
  Visit() : state_(PyThreadState_New(PyInterpreterState_Main())) { PyEval_RestoreThread(state_); }
  ~Visit() {
    PyThreadState_Clear(state_);
    PyThreadState_DeleteCurrent();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

 private:
  PyThreadState* state_;
};

// Around every wait: lets other threads run Python.
class GilRelease final {
 public:
  explicit GilRelease(Gil& /*held*/) : state_(PyEval_SaveThread()) {}
  // Once the interpreter is being finalised, CPython ends threads of the application here by
  // unwinding their stacks.
  ~GilRelease() noexcept(false) { PyEval_RestoreThread(state_); }
  GilRelease(const GilRelease&) = delete;
  GilRelease& operator=(const GilRelease&) = delete;

 private:
  PyThreadState* state_;
};

}  // namespace warp::python
