// The functions of bootstrap.py, forking.py, guards.py, imported_files.py and
// inspection.py, as C++ calls them.
#pragma once

#include "python/python.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/gil.hpp"
#include "wire/group_config.hpp"
#include "worker/inspector.hpp"

namespace warp::python {

class Bootstrap final {
 public:
  // Runs the sources. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil);

  [[nodiscard]] bool prepare_path(Gil& gil, const std::vector<std::string>& folders,
                                  const std::vector<std::string>& entries) const;
  [[nodiscard]] bool provide(Gil& gil, PyObject* module) const;
  // `log` is called with a level of `logging` and a text.
  [[nodiscard]] bool guard(Gil& gil, const wire::GroupConfig& config, PyObject* log) const;
  // sys.setswitchinterval(); zero leaves it.
  [[nodiscard]] bool set_switch_interval(Gil& gil, std::chrono::microseconds interval) const;
  // Where the stacks of a crash are written, and those that the signal asks for.
  [[nodiscard]] bool report_crashes(Gil& gil, int descriptor) const;
  [[nodiscard]] bool prepare_dump(Gil& gil, int signal, int descriptor) const;
  // The scripts to import, then the application.
  [[nodiscard]] Ref load(Gil& gil, const wire::GroupConfig& config) const;

  // In words, what would not survive a fork; nullopt with an exception. `own`: descriptors of ours.
  [[nodiscard]] std::optional<std::vector<std::string>> fork_obstacles(Gil& gil, int own) const;
  [[nodiscard]] bool freeze(Gil& gil) const;

  // Never fail: what can't be described is named.
  [[nodiscard]] std::vector<worker::ThreadStack> stacks(Gil& gil) const;
  [[nodiscard]] std::string describe(Gil& gil, PyObject* exception) const;
  // `folders`: the project's own, wherever they are.
  [[nodiscard]] std::vector<std::string> imported_files(
      Gil& gil, const std::vector<std::string>& folders) const;
  [[nodiscard]] std::vector<std::string> files_of(Gil& gil, PyObject* exception,
                                                  const wire::GroupConfig& config) const;

 private:
  // `format` as of Py_BuildValue, for the tuple of arguments.
  [[nodiscard]] Ref call(const char* function, const char* format, ...) const;

  Ref functions_;
};

}  // namespace warp::python
