// The interpreter of this process: started for the right environment, ended with its atexit
// handlers run.
#pragma once

#include "python/python.hpp"

#include <string>

#include "base/result.hpp"

namespace warp::python {

// One per process, on its main thread.
class Runtime final {
 public:
  Runtime() = default;
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  // `home`: a virtual environment or an installation's prefix; empty: the Python that the program
  // was built with. The GIL is free afterwards.
  [[nodiscard]] Result<> start(const std::string& home);
  // The main thread's state, to take the GIL with.
  [[nodiscard]] PyThreadState* main_state() const { return main_state_; }
  [[nodiscard]] bool is_running() const { return main_state_ != nullptr; }
  // Joins the application's threads that are no daemons, runs atexit handlers.
  void stop();

 private:
  PyThreadState* main_state_ = nullptr;
};

// The interpreter whose environment is taken, by its path. kPythonVersion when `home` is of another
// version than this program.
[[nodiscard]] Result<std::string> find_interpreter(const std::string& home);

}  // namespace warp::python
