#include "launcher/detect/running_script.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

TEST(RunningScript, IsKnownToWhatItStarts) {
  const TemporaryDirectory folder;
  const std::string script = folder.write_program("app.sh");
  Environment environment;
  EXPECT_FALSE(is_within_script(environment, script));
  EXPECT_TRUE(check_not_within_script(environment, script));
  enter_script(environment, script);
  EXPECT_TRUE(is_within_script(environment, script));
  EXPECT_FALSE(is_within_script(environment, folder.write_program("other/app.sh")));
  EXPECT_THAT(check_not_within_script(environment, script).error().detail,
              HasSubstr("app.sh is the server here, and has itself called for the server"));
}

TEST(RunningScript, IsTheSameByAnotherPath) {
  const TemporaryDirectory folder;
  const std::string script = folder.write_program("site/app.sh");
  std::filesystem::create_directory_symlink(folder / "site", folder / "current");
  Environment environment;
  enter_script(environment, folder / "current/app.sh");
  EXPECT_TRUE(is_within_script(environment, script));
}

TEST(RunningScript, DoesNotPassOnWhatChoseIt) {
  Environment environment{{"WARPDRIVE_SERVER_TYPE", "shell"}, {"WARPDRIVE_DEPLOY_MODE", "python"}};
  enter_script(environment, "/srv/app.sh");
  EXPECT_FALSE(environment.contains("WARPDRIVE_SERVER_TYPE"));
  EXPECT_FALSE(environment.contains("WARPDRIVE_DEPLOY_MODE"));
}

TEST(RunningScript, PassesOnWhichServerAnApplicationHas) {
  Environment environment{{"WARPDRIVE_SERVER_TYPE", "gunicorn"}};
  enter_script(environment, "/srv/app.sh");
  EXPECT_EQ(environment.at("WARPDRIVE_SERVER_TYPE"), "gunicorn");
}

}  // namespace
}  // namespace warp
