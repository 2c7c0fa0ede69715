#include "launcher/operate/running_server.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "launcher/operate/operate.hpp"
#include "launcher/operate/stop.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(RunningServer, IsNoneInAFolderThatIsMissingOrEmpty) {
  const TemporaryDirectory folder;
  EXPECT_EQ(find_running_server(folder / "missing", "").error().code, Errc::kNotFound);
  const auto none = find_running_server(folder.path(), "");
  EXPECT_EQ(none.error().code, Errc::kNotFound);
  EXPECT_THAT(none.error().detail, HasSubstr("--server-root"));
}

TEST(RunningServer, HasTheGroupThatIsAskedFor) {
  const TemporaryDirectory folder;
  folder.write("warp-blog.sock");
  folder.write("warp-shop.sock");
  EXPECT_THAT(find_running_server(folder.path(), "")->groups, ElementsAre("blog", "shop"));
  EXPECT_THAT(find_running_server(folder.path(), "shop")->groups, ElementsAre("shop"));
  EXPECT_THAT(find_running_server(folder.path(), "other").error().detail,
              HasSubstr("no process group 'other'; there are: blog, shop"));
}

TEST(RunningServer, IsNotStoppedWithoutALauncherOrInParts) {
  EXPECT_EQ(stop_server({}, {.root = "/srv"}).error().code, Errc::kNotFound);
  EXPECT_EQ(stop_server({.group = "site"}, {.root = "/srv", .launcher = 1}).error().code,
            Errc::kUsage);
}

TEST(RunningServer, IsLookedForWhereStartServerPutsIt) {
  const TemporaryDirectory folder;
  FakeHost host;
  host.variables = {{"TMPDIR", folder.path()}, {"WARPDRIVE_PORT", "8123"}};
  host.directory = folder.path();
  const auto found = operate({}, {}, host);
  EXPECT_THAT(found.error().detail, HasSubstr(folder / "warpdrive-all:8123:1000"));
}

TEST(RunningServer, IsFoundByItsRootAlsoWhenTheProjectIsBroken) {
  const TemporaryDirectory folder;
  folder.write("warpdrive.toml", "port = = 3");
  FakeHost host;
  host.directory = folder.path();
  const Given root{find_option("server-root"), {"root"}, "--server-root", folder.path()};
  EXPECT_THAT(operate({}, {root}, host).error().detail, HasSubstr(folder / "root"));
}

}  // namespace
}  // namespace warp
