#include "launcher/deploy/deploy_mode.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class DeployModeTest : public testing::Test {
 protected:
  DeployModeTest() { workspace_.source = workspace_.home = folder_.path(); }

  Deployment deployment() {
    const auto chosen = chosen_deployment(arguments_, workspace_, settings_);
    EXPECT_TRUE(chosen) << chosen.error().detail;
    return chosen.value_or(Deployment{});
  }

  TemporaryDirectory folder_;
  Workspace workspace_;
  Settings settings_;
  Arguments arguments_;
};

TEST_F(DeployModeTest, IsModWarpIfNobodySaysAnything) {
  EXPECT_EQ(deployment().server, ServerType::kModWarp);
  EXPECT_EQ(deployment().mode, DeployMode::kAuto);
}

TEST_F(DeployModeTest, WrapsAnApplicationThatAnotherServerIsToldOf) {
  EXPECT_FALSE(is_wrapped(deployment()));
  settings_.server_type = "gunicorn";
  EXPECT_TRUE(is_wrapped(deployment()));
  for (const char* const mode : {"paste", "shell", "gunicorn"}) {
    arguments_.options["deploy-mode"] = mode;
    EXPECT_FALSE(is_wrapped(deployment())) << mode;
  }
}

TEST_F(DeployModeTest, TakesTheServerThatTheFileNames) {
  settings_.server_type = "gunicorn";
  EXPECT_EQ(deployment().server, ServerType::kGunicorn);
  EXPECT_EQ(deployment().server, ServerType::kGunicorn);
}

TEST_F(DeployModeTest, PrefersTheNoteThenTheVariableThenTheFlag) {
  settings_.server_type = "gunicorn";
  folder_.write(".warpdrive/server_type", "uwsgi\n");
  EXPECT_EQ(deployment().server, ServerType::kUwsgi);
  workspace_.variables["WARPDRIVE_SERVER_TYPE"] = "waitress";
  EXPECT_EQ(deployment().server, ServerType::kWaitress);
  arguments_.options["server-type"] = "mod_warp";
  EXPECT_EQ(deployment().server, ServerType::kModWarp);
}

TEST_F(DeployModeTest, TakesTheServerTypesThatAreModesForThem) {
  for (const auto& [type, mode] :
       {std::pair("python", DeployMode::kPython), std::pair("shell", DeployMode::kShell),
        std::pair("paste", DeployMode::kPaste)}) {
    workspace_.variables["WARPDRIVE_SERVER_TYPE"] = type;
    EXPECT_EQ(deployment().mode, mode) << type;
    EXPECT_EQ(deployment().mode_word, type);
    EXPECT_EQ(deployment().server, ServerType::kModWarp) << type;
  }
}

TEST_F(DeployModeTest, PrefersTheModeThatIsNamedToThatOfAServerType) {
  settings_.server_type = "shell";
  workspace_.variables["WARPDRIVE_DEPLOY_MODE"] = "wsgi";
  EXPECT_EQ(deployment().mode, DeployMode::kWsgi);
  EXPECT_EQ(deployment().server, ServerType::kModWarp);
}

TEST_F(DeployModeTest, RefusesAServerThatIsNotKnown) {
  workspace_.variables["WARPDRIVE_SERVER_TYPE"] = "nginx";
  EXPECT_THAT(chosen_deployment(arguments_, workspace_, settings_).error().detail,
              HasSubstr("'nginx' is none of"));
}

}  // namespace
}  // namespace warp
