#include "launcher/plan/logs.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class LogsOf : public testing::Test {
 protected:
  LogsOf() {
    settings_.error_log_name = "errors";
    settings_.access_log_name = "accesses";
    settings_.log_level = "warn";
    settings_.max_log_size = 1024;
  }
  Result<Logs> plan() {
    return plan_logs(settings_, "/root-of-server", {.libexec_directory = "/libexec"}, environment_);
  }
  TemporaryDirectory folder_;
  Settings settings_;
  Environment environment_;
};

TEST_F(LogsOf, AreInTheServerRootByTheirNames) {
  settings_.access_log = true;
  EXPECT_EQ(plan()->error_log, "/root-of-server/errors");
  EXPECT_EQ(plan()->access_log, "/root-of-server/accesses");
  EXPECT_FALSE(plan()->rotation);
}

TEST_F(LogsOf, AreInTheLogDirectory) {
  settings_.log_directory = folder_.path();
  EXPECT_EQ(plan()->error_log, folder_ / "errors");
  EXPECT_EQ(plan()->access_log, "");
}

TEST_F(LogsOf, AreRotatedByTheProgramOnThePath) {
  settings_.rotate_logs = true;
  folder_.write_program("bin/rotatelogs");
  environment_ = {{"PATH", folder_ / "bin"}};
  const auto logs = plan();
  ASSERT_TRUE(logs) << logs.error().detail;
  EXPECT_EQ(logs->rotation->executable, folder_ / "bin/rotatelogs");
  EXPECT_EQ(logs->rotation->size, 1024U);
}

TEST_F(LogsOf, NeedTheNamedProgram) {
  settings_.rotate_logs = true;
  settings_.rotatelogs_executable = folder_ / "missing";
  EXPECT_THAT(plan().error().detail, HasSubstr("--rotatelogs-executable"));
}

TEST_F(LogsOf, CantBeRotatedUnderANameThatRotatelogsTakesForADate) {
  settings_.rotate_logs = true;
  settings_.rotatelogs_executable = folder_.write_program("rotatelogs");
  settings_.error_log_name = "100%";
  EXPECT_THAT(plan().error().detail, HasSubstr("per cent"));
}

TEST_F(LogsOf, BecomeJsonByAProgram) {
  settings_.log_format = "json";
  EXPECT_EQ(plan()->json_program, "/libexec/warp-json-log");
  EXPECT_EQ(plan()->error_log, "/root-of-server/errors");
  settings_.log_to_terminal = true;
  EXPECT_EQ(plan()->error_log, "/dev/stdout");
}

TEST(LogLevel, TellsTheLifeOfProcessesUnlessItIsToBeQuiet) {
  EXPECT_EQ(log_level_arguments("warn"), "warn warp:info");
  EXPECT_EQ(log_level_arguments("error"), "error");
  EXPECT_EQ(log_level_arguments("debug"), "debug");
}

}  // namespace
}  // namespace warp
