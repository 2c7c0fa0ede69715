#include "launcher/plan/static_files.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

class StaticFilesOf : public testing::Test {
 protected:
  StaticPlan plan() { return plan_static_files(settings_, project_, "/root-of-server", host_); }
  void make_django(const std::string& url, const std::string& root) {
    project_.django = Django{
        .settings_module = "s", .static_url = url, .static_root = root, .has_staticfiles = true};
  }
  void make_site() {
    project_.directory = folder_.make_folder("site");
    folder_.write("site/src/shop.py");
    folder_.make_folder("elsewhere/work");
    folder_.make_folder("lib");
    project_.working_directory = folder_ / "elsewhere/work";
    project_.import_path = {folder_ / "lib"};
    std::filesystem::create_directory_symlink(".", folder_ / "site/static");
  }
  TemporaryDirectory folder_;
  Settings settings_;
  Project project_;
  FakeHost host_;
};

TEST_F(StaticFilesOf, DjangoAreTakenFromStaticRoot) {
  make_django("/static/", folder_.path());
  const StaticPlan result = plan();
  ASSERT_EQ(result.files.size(), 1U);
  EXPECT_EQ(result.files[0].url, "/static/");
  EXPECT_EQ(result.files[0].path, folder_.path() + "/");
  EXPECT_FALSE(result.collect_into);
}

TEST_F(StaticFilesOf, DjangoAreCollectedWithoutStaticRoot) {
  make_django("/static/", "");
  const StaticPlan result = plan();
  EXPECT_EQ(result.collect_into, "/root-of-server/static");
  ASSERT_EQ(result.files.size(), 1U);
  EXPECT_EQ(result.files[0].path, "/root-of-server/static/");
}

TEST_F(StaticFilesOf, DjangoNeedACollectedStaticRoot) {
  make_django("/static/", folder_ / "missing");
  EXPECT_TRUE(plan().files.empty());
  ASSERT_EQ(host_.warnings.size(), 1U);
  EXPECT_THAT(host_.warnings[0], testing::HasSubstr("collectstatic"));
}

TEST_F(StaticFilesOf, DjangoAreNotMappedElsewhere) {
  for (const char* const url : {"https://cdn.example/static/", "//cdn.example/", "/", ""}) {
    make_django(url, "");
    const StaticPlan result = plan();
    EXPECT_TRUE(result.files.empty()) << url;
    EXPECT_FALSE(result.collect_into) << url;
  }
}

TEST_F(StaticFilesOf, DjangoGiveWayToAnAliasOfTheUser) {
  make_django("/static/", "");
  settings_.url_aliases = {{"/static", folder_.path()}};
  const StaticPlan result = plan();
  ASSERT_EQ(result.files.size(), 1U);
  EXPECT_EQ(result.files[0].path, folder_.path());
  EXPECT_FALSE(result.collect_into);
}

TEST_F(StaticFilesOf, AliasesStandLongestFirst) {
  const std::string file = folder_.write("robots.txt");
  settings_.url_aliases = {
      {"/a", folder_.path()}, {"/a/b/c/", folder_.path()}, {"/robots.txt", file}};
  const StaticPlan result = plan();
  ASSERT_EQ(result.files.size(), 3U);
  EXPECT_EQ(result.files[0].url, "/robots.txt");
  EXPECT_FALSE(result.files[0].is_directory);
  EXPECT_EQ(result.files[1].url, "/a/b/c");
  EXPECT_EQ(result.files[2].url, "/a");
}

TEST_F(StaticFilesOf, AliasesAreResolvedToTheRealFolder) {
  std::filesystem::create_directory_symlink(folder_.make_folder("v2"), folder_ / "current");
  settings_.url_aliases = {{"/a", folder_ / "current"}};
  EXPECT_EQ(plan().files[0].path, folder_ / "v2");
}

TEST_F(StaticFilesOf, FrameworksAreMappedBelowTheMountPoint) {
  settings_.mount_point = "/shop";
  project_.static_folders = {
      {.what = "Flask's static folder", .url = "/static", .folder = folder_.path()}};
  const StaticPlan result = plan();
  ASSERT_EQ(result.files.size(), 1U);
  EXPECT_EQ(result.files[0].url, "/shop/static/");
  EXPECT_EQ(result.files[0].path, folder_.path() + "/");
}

TEST_F(StaticFilesOf, FrameworksGiveWayToAnAliasOfTheUser) {
  settings_.url_aliases = {{"/static", folder_.make_folder("mine")}};
  project_.static_folders = {
      {.what = "Flask's static folder", .url = "/static", .folder = folder_.path()}};
  ASSERT_EQ(plan().files.size(), 1U);
  EXPECT_EQ(plan().files[0].path, folder_ / "mine");
}

TEST_F(StaticFilesOf, FrameworksNeverTakeTheWholeSite) {
  project_.static_folders = {
      {.what = "Flask's static folder", .url = "", .folder = folder_.path()}};
  EXPECT_TRUE(plan().files.empty());
}

TEST_F(StaticFilesOf, WhiteNoisesWholeSiteIsMappedFileByFile) {
  const std::string file = folder_.write("robots.txt");
  folder_.write(".secret");
  folder_.write("settings.py");
  folder_.write("images/logo.svg");
  project_.static_folders = {{.what = "WhiteNoise's folder", .url = "/", .folder = folder_.path()}};
  const StaticPlan result = plan();
  ASSERT_EQ(result.files.size(), 1U);
  EXPECT_EQ(result.files[0].url, "/robots.txt");
  EXPECT_EQ(result.files[0].path, file);
  EXPECT_FALSE(result.files[0].is_directory);
}

TEST_F(StaticFilesOf, NeverHoldTheProject) {
  make_site();
  for (const char* const name :
       {"site", "site/static", "site/src", "elsewhere", "elsewhere/work", "lib"}) {
    host_.warnings.clear();
    make_django("/static/", folder_ / name);
    project_.static_folders = {
        {.what = "Flask's static folder", .url = "/files", .folder = folder_ / name}};
    EXPECT_TRUE(plan().files.empty()) << name;
    ASSERT_EQ(host_.warnings.size(), 2U) << name;
    EXPECT_THAT(host_.warnings[0],
                testing::HasSubstr("STATIC_ROOT " + (folder_ / name) + " is or"));
  }
}

TEST_F(StaticFilesOf, NeverHoldTheProjectFileByFile) {
  make_site();
  folder_.write("site/db.sqlite3");
  project_.django = Django{.settings_module = "s", .whitenoise_root = project_.directory};
  project_.static_folders = {
      {.what = "WhiteNoise's folder", .url = "/", .folder = project_.directory}};
  EXPECT_TRUE(plan().files.empty());
  EXPECT_EQ(host_.warnings.size(), 2U);
}

TEST_F(StaticFilesOf, MayLieInTheProject) {
  make_site();
  make_django("/static/", folder_.make_folder("site/public"));
  EXPECT_EQ(plan().files.size(), 1U);
}

TEST_F(StaticFilesOf, WhiteNoisesFilesAreNotWithoutEnd) {
  for (int i = 0; i < 70; ++i) folder_.write(std::to_string(i) + ".txt");
  project_.django = Django{.settings_module = "s", .whitenoise_root = folder_.path()};
  EXPECT_EQ(plan().files.size(), 64U);
  EXPECT_EQ(host_.warnings.size(), 1U);
}

}  // namespace
}  // namespace warp
