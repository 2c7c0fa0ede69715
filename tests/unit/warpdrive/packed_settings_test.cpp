#include "launcher/manifests/packed_settings.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

class PackedSettingsTest : public testing::Test {
 protected:
  PackedSettingsTest() {
    folder_.write_program("libexec/warp-worker-3.11");
    folder_.write("home/pyvenv.cfg", "version = 3.11.2\n");
    folder_.write_program("home/bin/python");
    say("");
    here_.source = here_.home = host_.directory = folder_ / "site";
  }

  void say(const std::string& options) {
    folder_.write("site/warpdrive.toml", "python-home = '../home'\n" + options);
  }

  ServedBy served_by() {
    const auto packed = read_packed_settings(here_, folder_ / "libexec", host_);
    EXPECT_TRUE(packed) << packed.error().detail;
    return packed ? packed->served_by : ServedBy::kOther;
  }

  TemporaryDirectory folder_;
  FakeHost host_;
  Workspace here_;
};

TEST_F(PackedSettingsTest, KnowThatHttpdServesAPasteFile) {
  folder_.write("site/production.ini", "[app:main]\nuse = egg:shop\n");
  EXPECT_EQ(served_by(), ServedBy::kHttpd);
}

TEST_F(PackedSettingsTest, KnowThatAScriptServesItself) {
  folder_.write_program("site/app.sh");
  EXPECT_EQ(served_by(), ServedBy::kOther);
}

TEST_F(PackedSettingsTest, HoldToTheServerThatTheFileNames) {
  say("server-type = 'gunicorn'\n");
  folder_.write("site/.warpdrive/server_args", "--an-option-of gunicorns\n");
  EXPECT_EQ(served_by(), ServedBy::kOther);
  say("server-type = 'shell'\n");
  EXPECT_EQ(served_by(), ServedBy::kOther);
}

}  // namespace
}  // namespace warp
