#include "python/runtime.hpp"

#include <csignal>
#include <utility>

#include "base/python_home.hpp"

namespace warp::python {
namespace {

constexpr PythonVersion kOurs{PY_MAJOR_VERSION, PY_MINOR_VERSION};

struct Config {
  PyConfig value;
  Config() { PyConfig_InitPythonConfig(&value); }
  ~Config() { PyConfig_Clear(&value); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
};

Result<> check(const PyStatus& status, const std::string& interpreter) {
  if (PyStatus_Exception(status) == 0) return {};
  const std::string reason = status.err_msg == nullptr ? "unknown reason" : status.err_msg;
  return fail(Errc::kPython, "start Python with the environment of " + interpreter + ": " + reason);
}

Result<> initialise(PyConfig& config, const std::string& interpreter) {
  // The signals are the worker's. Python would ignore this one, and applications count on it.
  config.install_signal_handlers = 0;
  std::signal(SIGPIPE, SIG_IGN);
  config.parse_argv = 0;
  char name[] = "warpdrive";
  char* arguments[] = {name};
  WARP_CHECK(check(PyConfig_SetBytesArgv(&config, 1, arguments), interpreter));
  // From its path Python finds the pyvenv.cfg beside it, as when it is started by it.
  WARP_CHECK(check(PyConfig_SetBytesString(&config, &config.program_name, interpreter.c_str()),
                   interpreter));
  return check(Py_InitializeFromConfig(&config), interpreter);
}

}  // namespace

Result<std::string> find_interpreter(const std::string& home) {
  if (home.empty()) return std::string(WARP_PYTHON_EXECUTABLE);
  WARP_TRY(const PythonVersion theirs, python_version_of(home));
  if (theirs != kOurs)
    return fail(Errc::kPythonVersion,
                home + " is of Python " + to_string(theirs) +
                    ", but this worker program of Python " + to_string(kOurs) +
                    "; start warp-worker-" + to_string(theirs) +
                    ", or create the environment anew with Python " + to_string(kOurs));
  return python_executable_of(home);
}

Result<> Runtime::start(const std::string& home) {
  WARP_TRY(const std::string interpreter, find_interpreter(home));
  Config config;
  WARP_CHECK(initialise(config.value, interpreter));
  main_state_ = PyEval_SaveThread();
  return {};
}

void Runtime::stop() {
  if (main_state_ == nullptr) return;
  PyEval_RestoreThread(std::exchange(main_state_, nullptr));
  Py_FinalizeEx();
}

}  // namespace warp::python
