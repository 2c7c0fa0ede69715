#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/log.hpp"
#include "base/read_descriptor.hpp"
#include "base/unique_fd.hpp"
#include "python/host.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

// The interpreter starts and ends once per process, so each of these is one.
class Stop : public ::testing::Test {
 protected:
  Stop() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

[[noreturn]] void load_and_stop(const std::string& target, const std::string& home = {}) {
  start_log("warp-worker", LogLevel::kWarn);
  wire::GroupConfig config = test_config();
  config.target = target;
  config.python_home = home;
  Host host(config, figures::Series::map(figures::Series::create()->get()).value());
  const bool is_loaded = host.load().has_value();
  host.attach().reset();
  host.stop();
  std::_Exit(is_loaded ? 0 : 3);
}

TEST_F(Stop, RunsExitHandlersAndSurvivesThreadsThatGoOn) {
  EXPECT_EXIT(load_and_stop(WARP_TEST_FOLDER "/apps/stopping.py"), ExitedWithCode(0),
              AllOf(HasSubstr("unfinished at import\n"), HasSubstr("joined thread ended\n"),
                    HasSubstr("from atexit\n"), HasSubstr("unfinished at exit\n")));
}

TEST_F(Stop, FailedLoadStopsInOrder) {
  EXPECT_EXIT(load_and_stop("/no/such/script.py"), ExitedWithCode(3),
              AllOf(HasSubstr("application not loaded group=tests target=/no/such/script.py"),
                    HasSubstr("can't read the application's script")));
}

TEST_F(Stop, BadPythonHomeIsAFailedLoad) {
  EXPECT_EXIT(load_and_stop(test_config().target, "/no/such/home"), ExitedWithCode(3),
              HasSubstr("/no/such/home is no Python environment"));
}

// A process whose crash descriptor outlives the one that crashes, as the supervisor's does.
[[noreturn]] void crash_and_look() {
  const UniqueFd crash(::memfd_create("crash", MFD_CLOEXEC));
  Host host(test_config(), figures::Series::map(figures::Series::create()->get()).value());
  host.inspector()->report_crashes_to(crash.get());
  if (!host.load()) std::_Exit(3);
  const pid_t child = ::fork();
  if (child == 0) {
    PyGILState_Ensure();
    PyRun_SimpleString("import os\ndef crashing(): os.abort()\ncrashing()\n");
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  std::fputs(read_whole_file(crash.get(), std::size_t{1} << 20U).value().c_str(), stderr);
  std::_Exit(WIFSIGNALED(status) ? WTERMSIG(status) : 4);
}

TEST_F(Stop, ACrashLeavesTheStacksWhereTheWorkerWasTold) {
  EXPECT_EXIT(crash_and_look(), ExitedWithCode(SIGABRT),
              AllOf(HasSubstr("Fatal Python error: Aborted"), HasSubstr("in crashing")));
}

// A death test runs its test again in a new process, which finds the folder of the first.
std::string shared_folder() {
  constexpr const char* kVariable = "WARP_TEST_ENVIRONMENT";
  if (const char* const folder = std::getenv(kVariable)) return folder;
  std::string folder = ::testing::TempDir() + "warp-venv-XXXXXX";
  ::setenv(kVariable, ::mkdtemp(folder.data()), 1);
  return folder;
}

// As `python -m venv` makes it, with one module in its site-packages.
void make_environment(const std::string& folder) {
  if (std::filesystem::exists(folder + "/bin")) return;
  namespace fs = std::filesystem;
  const std::string version =
      std::to_string(PY_MAJOR_VERSION) + "." + std::to_string(PY_MINOR_VERSION);
  const fs::path interpreter = find_interpreter("").value();
  const fs::path packages = folder + "/lib/python" + version + "/site-packages";
  fs::create_directories(folder + "/bin");
  fs::create_directories(packages);
  fs::create_symlink(interpreter, folder + "/bin/python");
  std::ofstream(folder + "/pyvenv.cfg")
      << "home = " << interpreter.parent_path().string()
      << "\ninclude-system-site-packages = false\nversion = " << version << ".0\n";
  std::ofstream(packages / "only_here.py") << "import sys\nprint('prefix', sys.prefix)\n"
                                           << "print('executable', sys.executable)\n";
}

TEST_F(Stop, VirtualEnvironmentIsTheOneOfItsPython) {
  const std::string folder = shared_folder();
  make_environment(folder);
  const std::string script = folder + "/wsgi.py";
  std::ofstream(script) << "import only_here\ndef application(environ, start): pass\n";
  EXPECT_EXIT(load_and_stop(script, folder), ExitedWithCode(0),
              AllOf(HasSubstr("prefix " + folder + "\n"),
                    HasSubstr("executable " + folder + "/bin/python\n")));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace warp::python::testing
