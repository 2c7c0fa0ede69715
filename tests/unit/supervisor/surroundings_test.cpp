// What a supervisor prepares for its workers, and what it says of the dead.
#include "supervisor/surroundings.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <csignal>
#include <filesystem>

#include "supervisor/post_mortem.hpp"
#include "supervisor/worker_environment.hpp"

namespace warp::supervisor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

wire::GroupConfig script(const std::string& path) {
  wire::GroupConfig config;
  config.name = "site";
  config.target = path;
  return config;
}

TEST(WorkingDirectory, IsHomeWhenSet) {
  wire::GroupConfig config = script("/srv/app/site.wsgi");
  config.home = "/home/joe";
  EXPECT_EQ(working_directory(config), "/home/joe");
}

TEST(WorkingDirectory, IsTheScriptsFolderElse) {
  EXPECT_EQ(working_directory(script("/srv/app/site.wsgi")), "/srv/app");
  EXPECT_EQ(working_directory(script("/site.wsgi")), "/");
}

TEST(WorkingDirectory, IsTheRootForAModule) {
  wire::GroupConfig config = script("package.module");
  config.target_kind = wire::TargetKind::kModule;
  EXPECT_EQ(working_directory(config), "/");
}

TEST(Surroundings, NameTheDirectoryThatIsMissing) {
  wire::GroupConfig config = script("/x.wsgi");
  config.home = "/nonexistent/home";
  const auto entered = enter_surroundings(config);
  ASSERT_FALSE(entered);
  EXPECT_EQ(entered.error().code, Errc::kNotFound);
  EXPECT_THAT(entered.error().detail, HasSubstr("/nonexistent/home"));
}

TEST(Surroundings, AreEntered) {
  wire::GroupConfig config = script("/tmp/missing.wsgi");
  config.umask = 0027;
  ASSERT_TRUE(enter_surroundings(config));
  EXPECT_EQ(std::filesystem::current_path(), "/tmp");
  EXPECT_EQ(::umask(0022), 0027U);
}

TEST(WorkerEnvironment, PassesOnWhatIsThere) {
  const std::array<const char*, 3> inherited = {"HOME=/root", "SECRET=1", nullptr};
  EXPECT_THAT(worker_environment(inherited.data(), {}), ElementsAre("HOME=/root", "SECRET=1"));
}

TEST(WorkerEnvironment, SetsUserAndLanguage) {
  const std::array<const char*, 4> inherited = {"HOME=/root", "LANGUAGE=de", "LANG=C", nullptr};
  wire::GroupConfig config;
  config.user_name = "www-data";
  config.user_home = "/var/www";
  config.language = "en_GB.UTF-8";
  EXPECT_THAT(worker_environment(inherited.data(), config),
              ElementsAre("LANGUAGE=de", "HOME=/var/www", "USER=www-data", "LOGNAME=www-data",
                          "LANG=en_GB.UTF-8"));
}

TEST(PostMortem, NamesSignalAndExitStatus) {
  EXPECT_EQ(how_it_ended(3 << 8), "exit status 3");
  EXPECT_EQ(how_it_ended(SIGSEGV), "SIGSEGV");
  EXPECT_EQ(how_it_ended(SIGABRT | 0x80), "SIGABRT with a core dump");
}

TEST(PostMortem, NamesTheRequestsThatWereLost) {
  const auto board =
      scoreboard::Scoreboard::map(scoreboard::create_segment({.threads = 2}).value().get()).value();
  scoreboard::Recorder lost(board, 0, 0);
  lost.begin(5, "GET", "/crash");
  lost.application_called();
  scoreboard::Recorder(board, 0, 1).begin(6, "POST", "/given-to-another");
  start_log("warp-supervisor", LogLevel::kInfo);
  testing::internal::CaptureStderr();
  log_death(LogLevel::kWarn,
            {.group = "site",
             .slot = 0,
             .pid = 12,
             .wait_status = SIGSEGV,
             .generation = 4,
             .uptime = std::chrono::milliseconds(12'034),
             .requests = 3,
             .was_out_of_memory = true,
             .last_words = "Fatal Python error: Segmentation fault\n  File \"/srv/app.py\""},
            board);
  const std::string lines = testing::internal::GetCapturedStderr();
  EXPECT_THAT(lines, HasSubstr("worker exited group=site slot=0 pid=12 how=SIGSEGV generation=4 "
                               "uptime=12.034 requests=3"));
  EXPECT_THAT(lines, HasSubstr("lack of memory"));
  EXPECT_THAT(lines, HasSubstr("warp-supervisor:   File \"/srv/app.py\""));
  EXPECT_THAT(lines, HasSubstr("request lost with its worker group=site slot=0 thread=0 "
                               "method=GET path=/crash stage=in the application"));
  EXPECT_THAT(lines, Not(HasSubstr("given-to-another")));
}

}  // namespace
}  // namespace warp::supervisor
