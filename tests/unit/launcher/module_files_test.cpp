#include "launcher/system/module_files.hpp"

#include <gmock/gmock.h>

#include "launcher/host/files.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class ModuleFiles : public testing::Test {
 protected:
  TemporaryDirectory folder_;
  Installation installation_{.libexec_directory = {},
                             .module = "/opt/warp drive/mod_warp.so",
                             .template_directory = WARP_SOURCE_DIR "/conf-templates",
                             .program = {}};
};

TEST_F(ModuleFiles, LoadTheModuleWhereItIs) {
  EXPECT_EQ(*module_config(installation_),
            "LoadModule warp_module \"/opt/warp drive/mod_warp.so\"\n");
}

TEST_F(ModuleFiles, AreTwoForDebian) {
  const std::string directory = folder_.make_folder("mods-available");
  const auto said = install_module(installation_, directory);
  ASSERT_TRUE(said) << said.error().detail;
  EXPECT_THAT(*said, HasSubstr("a2enmod warp"));
  EXPECT_THAT(*read_text(directory + "/warp.load"),
              HasSubstr("\nLoadModule warp_module \"/opt/warp drive/mod_warp.so\"\n"));
  const std::string settings = *read_text(directory + "/warp.conf");
  EXPECT_THAT(settings, StartsWith("# Written by warpdrive-express install-module.\n"));
  EXPECT_THAT(settings, HasSubstr("WarpDaemonProcess"));
  EXPECT_THAT(settings, testing::Not(HasSubstr("LoadModule")));
}

TEST_F(ModuleFiles, AreOneElsewhere) {
  ASSERT_TRUE(install_module(installation_, folder_.path()));
  EXPECT_THAT(*read_text(folder_ / "warp.conf"), HasSubstr("\nLoadModule warp_module"));
  EXPECT_FALSE(is_file(folder_ / "warp.load"));
}

TEST_F(ModuleFiles, AreWrittenAnew) {
  ASSERT_TRUE(install_module(installation_, folder_.path()));
  installation_.module = "/usr/lib/mod_warp.so";
  ASSERT_TRUE(install_module(installation_, folder_.path()));
  EXPECT_THAT(*read_text(folder_ / "warp.conf"), HasSubstr("/usr/lib/mod_warp.so"));
}

TEST_F(ModuleFiles, DoNotReplaceThoseOfSomebodyElse) {
  folder_.write("warp.conf", "# mine\n");
  const auto refused = install_module(installation_, folder_.path());
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("was not written by install-module"));
  EXPECT_EQ(*read_text(folder_ / "warp.conf"), "# mine\n");
}

TEST_F(ModuleFiles, NeedTheirFolder) {
  EXPECT_THAT(install_module(installation_, folder_ / "none").error().detail,
              HasSubstr("is no folder"));
}

}  // namespace
}  // namespace warp
