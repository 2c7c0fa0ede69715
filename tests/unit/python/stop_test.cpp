#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log.hpp"
#include "python/host.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::AllOf;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

wire::GroupConfig config_of(const std::string& target) {
  wire::GroupConfig config = test_config();
  config.target = target;
  return config;
}

// The interpreter starts and ends once per process, so each of these is one.
class Stop : public ::testing::Test {
 protected:
  Stop() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

[[noreturn]] void load_and_stop(const std::string& target) {
  start_log("warp-worker", LogLevel::kWarn);
  Host host(config_of(target));
  const bool is_loaded = host.load().has_value();
  host.attach().reset();
  host.stop();
  std::_Exit(is_loaded ? 0 : 3);
}

TEST_F(Stop, RunsExitHandlersAndSurvivesThreadsThatGoOn) {
  EXPECT_EXIT(load_and_stop(WARP_TEST_FOLDER "/stopping.py"), ExitedWithCode(0),
              AllOf(HasSubstr("unfinished at import\n"), HasSubstr("joined thread ended\n"),
                    HasSubstr("from atexit\n"), HasSubstr("unfinished at exit\n")));
}

TEST_F(Stop, FailedLoadStopsInOrder) {
  EXPECT_EXIT(load_and_stop("/no/such/script.py"), ExitedWithCode(3),
              AllOf(HasSubstr("application not loaded group=tests target=/no/such/script.py"),
                    HasSubstr("can't read the application's script")));
}

[[noreturn]] void load_with_home(const std::string& home) {
  start_log("warp-worker", LogLevel::kWarn);
  wire::GroupConfig config = test_config();
  config.python_home = home;
  Host host(config);
  const bool is_loaded = host.load().has_value();
  const bool is_watched = host.files_to_watch() == std::vector<std::string>{config.target};
  host.stop();
  std::_Exit(is_loaded ? 0 : is_watched ? 3 : 4);
}

TEST_F(Stop, BadPythonHomeIsAFailedLoad) {
  EXPECT_EXIT(load_with_home("/no/such/home"), ExitedWithCode(3),
              HasSubstr("/no/such/home is no Python environment"));
}

}  // namespace
}  // namespace warp::python::testing
