#include "launcher/settings/development.hpp"

#include <gmock/gmock.h>

#include "launcher/settings/command_line.hpp"
#include "launcher/settings/read_settings.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class DevelopmentTest : public testing::Test {
 protected:
  DevelopmentTest() { host_.directory = project_.path(); }

  Result<Settings> read(std::vector<const char*> flags) {
    flags.insert(flags.begin(), {"warpdrive-express", "start-server"});
    const auto line =
        read_command_line(static_cast<int>(flags.size()), flags.data(), host_.directory);
    if (!line) return tl::unexpected(line.error());
    return read_settings(line->given, host_, line->problems);
  }

  TemporaryDirectory project_;
  FakeHost host_;
};

TEST_F(DevelopmentTest, DebugModeIsOneProcessForThisMachine) {
  host_.variables = {{"WEB_CONCURRENCY", "4"}};
  const auto settings = read({"--debug-mode"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->processes, 1U);
  EXPECT_EQ(settings->host, "127.0.0.1");
  EXPECT_EQ(settings->error_page, "development");
  EXPECT_TRUE(settings->reload_on_changes && settings->log_to_terminal);
  EXPECT_EQ(origin_of(*settings, "host"), "debug-mode");
}

TEST_F(DevelopmentTest, DebugModeGivesWayToWhatIsSaid) {
  const auto settings =
      read({"--debug-mode", "--host", "0.0.0.0", "--no-reload-on-changes", "--error-page",
            "production", "--no-log-to-terminal", "--processes", "3"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->host, "0.0.0.0");
  EXPECT_EQ(settings->error_page, "production");
  EXPECT_FALSE(settings->reload_on_changes || settings->log_to_terminal);
  EXPECT_EQ(settings->processes, 1U);
}

TEST_F(DevelopmentTest, DebuggerHasTimeAndNobodyBesideIt) {
  const auto settings = read({"--debug-mode", "--enable-debugger"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->threads, 1U);
  EXPECT_EQ(settings->request_timeout, std::chrono::hours(24));
  EXPECT_FALSE(settings->reload_on_changes);
}

TEST_F(DevelopmentTest, AnotherToolsVariableOpensDebugModeToNobody) {
  host_.variables = {{"HOST", "0.0.0.0"}};
  EXPECT_EQ(read({"--debug-mode"})->host, "127.0.0.1");
  EXPECT_EQ(read({"--debug-mode", "--host", "192.0.2.1"})->host, "192.0.2.1");
  EXPECT_EQ(read({})->host, "0.0.0.0");
}

TEST_F(DevelopmentTest, OurFileSaysWhomDebugModeIsOpenToWhateverAnotherToolsVariableSays) {
  host_.variables = {{"HOST", "0.0.0.0"}};
  project_.write("warpdrive.toml", "host = '192.0.2.1'\n");
  const auto settings = read({"--debug-mode"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->host, "192.0.2.1");
  EXPECT_THAT(origin_of(*settings, "host"), HasSubstr("warpdrive.toml"));
}

TEST_F(DevelopmentTest, OurVariableSaysWhomDebugModeIsOpenTo) {
  host_.variables = {{"WARPDRIVE_HOST", "0.0.0.0"}};
  EXPECT_EQ(read({"--debug-mode"})->host, "0.0.0.0");
}

// A reverse proxy on this machine brings everybody to the loopback.
TEST_F(DevelopmentTest, ReloadingAloneShowsErrorsToNobody) {
  const auto settings = read({"--reload-on-changes", "--host", "localhost"});
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->error_page, "");
  EXPECT_EQ(read({"--reload-on-changes"})->error_page, "");
  EXPECT_EQ(read({"--reload-on-changes", "--error-page", "development"})->error_page,
            "development");
}

TEST_F(DevelopmentTest, InstrumentsNeedDebugMode) {
  for (const char* const flag : {"--enable-debugger", "--enable-profiler", "--enable-coverage"}) {
    const auto settings = read({flag});
    ASSERT_FALSE(settings) << flag;
    EXPECT_THAT(settings.error().detail, HasSubstr("add --debug-mode")) << flag;
    EXPECT_TRUE(read({flag, "--debug-mode"})) << flag;
  }
}

}  // namespace
}  // namespace warp
