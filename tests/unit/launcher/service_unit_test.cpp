#include "launcher/render/service_unit.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::HasSubstr;
using testing::Not;

class ServiceUnit : public testing::Test {
 protected:
  ServiceUnit() {
    settings_.project_directory = "/srv/my shop";
    settings_.port = 8000;
    settings_.graceful_timeout = std::chrono::seconds(15);
    settings_.shutdown_timeout = std::chrono::seconds(5);
  }
  void say(std::string_view option, std::vector<std::string> words) {
    given_.push_back({find_option(option), std::move(words), {}, {}});
  }
  [[nodiscard]] Result<std::string> render() const {
    return render_service_unit({.settings = settings_,
                                .given = given_,
                                .installation = installation_,
                                .user = user_,
                                .current_directory = directory_});
  }
  [[nodiscard]] std::string unit() const {
    const auto text = render();
    EXPECT_TRUE(text) << text.error().detail;
    return text.value_or("");
  }

  Settings settings_;
  std::vector<Given> given_;
  Installation installation_{.libexec_directory = {},
                             .module = {},
                             .template_directory = WARP_SOURCE_DIR "/conf-templates",
                             .program = "/opt/warp/bin/warpdrive-express"};
  Account user_{.name = "shop", .group = "shop", .home = {}, .uid = 1000, .gid = 1000};
  std::string directory_ = "/srv/my shop";
};

TEST_F(ServiceUnit, StartsAsTheCommandLineSays) {
  say("port", {"8080"});
  say("url-alias", {"/media", "media", "/robots.txt", "100%.txt"});
  say("access-log", {"true"});
  say("reload-on-changes", {"false"});
  EXPECT_THAT(unit(),
              HasSubstr("\nExecStart=\"/opt/warp/bin/warpdrive-express\" \"start-server\" "
                        "\"--port=8080\" \"--url-alias\" \"/media\" \"media\" "
                        "\"--url-alias\" \"/robots.txt\" \"100%%.txt\" \"--access-log\" "
                        "\"--no-reload-on-changes\" "
                        "\"--server-root=/run/warpdrive-my-shop\" \"--log-to-terminal\"\n"));
}

TEST_F(ServiceUnit, HasItsStateInARuntimeDirectory) {
  EXPECT_THAT(unit(), HasSubstr("\nRuntimeDirectory=warpdrive-my-shop\n"));
  EXPECT_THAT(unit(),
              HasSubstr("\"reload\" \"--wait\" \"--server-root=/run/warpdrive-my-shop\"\n"));
}

TEST_F(ServiceUnit, LeavesTheServerRootWhereItIsWanted) {
  settings_.server_root = "/var/lib/shop";
  say("server-root", {"/var/lib/shop"});
  EXPECT_THAT(unit(), Not(HasSubstr("RuntimeDirectory")));
  EXPECT_THAT(unit(), HasSubstr("\"--server-root=/var/lib/shop\""));
}

TEST_F(ServiceUnit, LeavesLogsWhereTheyAreWanted) {
  settings_.log_directory = "/var/log/shop";
  say("log-directory", {"/var/log/shop"});
  EXPECT_THAT(unit(), Not(HasSubstr("--log-to-terminal")));
}

TEST_F(ServiceUnit, RunsAsWhoAskedForIt) {
  EXPECT_THAT(unit(), HasSubstr("\nUser=shop\nWorkingDirectory=/srv/my shop\n"));
  user_ = {.name = "root", .group = "root", .home = {}, .uid = 0, .gid = 0};
  EXPECT_THAT(unit(), Not(HasSubstr("User=")));
}

TEST_F(ServiceUnit, MayUseALowPortWithoutRoot) {
  EXPECT_THAT(unit(), Not(HasSubstr("AmbientCapabilities")));
  settings_.port = 80;
  EXPECT_THAT(unit(), HasSubstr("\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n"));
  user_.uid = 0;
  EXPECT_THAT(unit(), Not(HasSubstr("AmbientCapabilities")));
}

TEST_F(ServiceUnit, MayUseEachOfItsPortsWithoutRoot) {
  for (std::uint16_t Settings::*const port : {&Settings::https_port, &Settings::management_port}) {
    settings_.*port = 8443;
    EXPECT_THAT(unit(), Not(HasSubstr("AmbientCapabilities")));
    settings_.*port = 443;
    EXPECT_THAT(unit(), HasSubstr("\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n"));
    settings_.*port = 0;
  }
}

TEST_F(ServiceUnit, RotatesLogsInTheirOwnFolderOnly) {
  settings_.rotate_logs = true;
  say("rotate-logs", {"true"});
  ASSERT_FALSE(render());
  EXPECT_THAT(render().error().detail, HasSubstr("log-directory"));
  settings_.log_directory = "/var/log/shop";
  EXPECT_THAT(unit(), Not(HasSubstr("--log-to-terminal")));
}

TEST_F(ServiceUnit, RefusesFoldersThatWouldBecomeDirectives) {
  directory_ = "/srv/a\nExecStartPre=/bin/x";
  ASSERT_FALSE(render());
  EXPECT_THAT(render().error().detail, HasSubstr("/srv/a\\nExecStartPre"));
  directory_ = "/srv";
  settings_.project_directory = "/srv/b\nUser=root";
  ASSERT_FALSE(render());
  EXPECT_THAT(render().error().detail, HasSubstr("/srv/b\\nUser"));
}

TEST_F(ServiceUnit, WaitsLongerThanTheLauncher) {
  settings_.shutdown_delay = std::chrono::seconds(10);
  EXPECT_THAT(unit(), HasSubstr("\nTimeoutStopSec=49\n"));
  settings_.service_scripts = {{"queue", "queue.py"}};
  EXPECT_THAT(unit(), HasSubstr("\nTimeoutStopSec=56\n"));
}

}  // namespace
}  // namespace warp
