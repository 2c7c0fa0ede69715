#include "launcher/plan/httpd.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(BuiltInModules, AreReadFromHttpd) {
  EXPECT_THAT(parse_built_in("Compiled in modules:\n  core.c\n  mod_so.c\n"),
              ElementsAre("core", "mod_so"));
}

class FindHttpd : public testing::Test {
 protected:
  FindHttpd() {
    settings_.httpd_executable = folder_.write_program("httpd");
    folder_.write("modules/mod_mpm_worker.so");
    folder_.write("modules/mod_mpm_prefork.so");
    folder_.write("modules/mod_alias.so");
    settings_.modules_directory = folder_ / "modules";
    host_.on_run = [](const Command&) { return Finished{.output = "  core.c\n  mod_unixd.c\n"}; };
  }
  TemporaryDirectory folder_;
  Settings settings_;
  FakeHost host_;
};

TEST_F(FindHttpd, ChoosesTheFirstMpmThatIsThere) {
  const auto httpd = find_httpd(settings_, host_);
  ASSERT_TRUE(httpd);
  EXPECT_EQ(choose_mpm({}, *httpd), Mpm::kWorker);
  EXPECT_EQ(choose_mpm(Mpm::kPrefork, *httpd), Mpm::kPrefork);
  EXPECT_EQ(choose_mpm(Mpm::kEvent, *httpd).error().code, Errc::kNotFound);
}

TEST_F(FindHttpd, LoadsWhatIsNotBuiltIn) {
  const auto httpd = find_httpd(settings_, host_);
  ASSERT_TRUE(httpd);
  const auto modules = load_modules(*httpd, {"unixd", "alias"});
  ASSERT_TRUE(modules);
  ASSERT_EQ(modules->size(), 1U);
  EXPECT_EQ((*modules)[0].symbol, "alias_module");
  EXPECT_EQ((*modules)[0].path, folder_ / "modules/mod_alias.so");
}

TEST_F(FindHttpd, NamesAllModulesThatAreMissing) {
  const auto httpd = find_httpd(settings_, host_);
  const auto modules = load_modules(*httpd, {"env", "alias", "mime"});
  ASSERT_FALSE(modules);
  EXPECT_THAT(modules.error().detail, HasSubstr("mod_env.so"));
  EXPECT_THAT(modules.error().detail, HasSubstr("mod_mime.so"));
  EXPECT_THAT(modules.error().detail, HasSubstr("apt-get install"));
}

TEST_F(FindHttpd, RefusesAProgramThatIsMissing) {
  settings_.httpd_executable = folder_ / "none";
  EXPECT_EQ(find_httpd(settings_, host_).error().code, Errc::kNotFound);
}

TEST_F(FindHttpd, RefusesAProgramThatIsNoHttpd) {
  host_.on_run = [](const Command&) { return Finished{.status = 1, .output = "what?"}; };
  EXPECT_THAT(find_httpd(settings_, host_).error().detail, HasSubstr("what?"));
}

TEST_F(FindHttpd, RefusesAFolderWithoutModules) {
  settings_.modules_directory = folder_.path();
  EXPECT_EQ(find_httpd(settings_, host_).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace warp
