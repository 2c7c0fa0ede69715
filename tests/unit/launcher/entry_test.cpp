#include "launcher/settings/entry.hpp"

#include <gtest/gtest.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

class EntryText : public testing::Test {
 protected:
  Settings say(std::string text) const {
    Settings settings;
    settings.entry_point = LocatedText{std::move(text), folder_.path()};
    return settings;
  }
  TemporaryDirectory folder_;
};

TEST_F(EntryText, NamesAScriptFile) {
  const std::string path = folder_.write("web/site.wsgi");
  const auto entry = read_entry(say("web/site.wsgi"), {});
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->kind, Entry::Kind::kScript);
  EXPECT_EQ(entry->target, path);
}

TEST_F(EntryText, NamesAModuleAndItsCallable) {
  const auto entry = read_entry(say("site.wsgi:app"), {});
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->kind, Entry::Kind::kModule);
  EXPECT_EQ(entry->target, "site.wsgi");
  EXPECT_EQ(entry->callable, "app");
}

TEST_F(EntryText, NamesAFactory) {
  EXPECT_EQ(read_entry(say("site:create_app()"), {})->callable, "create_app()");
  EXPECT_FALSE(read_entry(say("site:create_app(1)"), {}));
}

TEST_F(EntryText, NamesAFolder) {
  folder_.make_folder("site");
  EXPECT_EQ(read_entry(say("site"), {})->kind, Entry::Kind::kFolder);
}

TEST_F(EntryText, IsLookedForInTheProjectsFolderToo) {
  const std::string path = folder_.write("project/wsgi.py");
  EXPECT_EQ(read_entry(say("wsgi.py"), folder_ / "project")->target, path);
}

TEST_F(EntryText, IsRefusedForAMissingFile) {
  const auto entry = read_entry(say("no/such.py"), {});
  ASSERT_FALSE(entry);
  EXPECT_EQ(entry.error().code, Errc::kNotFound);
}

TEST_F(EntryText, IsRefusedForNonsense) {
  EXPECT_FALSE(read_entry(say("a b"), {}));
  EXPECT_FALSE(read_entry(say("a..b"), {}));
  EXPECT_FALSE(read_entry(say("a:"), {}));
}

TEST_F(EntryText, FollowsTheApplicationType) {
  folder_.make_folder("site");
  Settings settings = say("site");
  settings.application_type = ApplicationType::kModule;
  EXPECT_EQ(read_entry(settings, {})->kind, Entry::Kind::kModule);
  settings.application_type = ApplicationType::kScript;
  EXPECT_FALSE(read_entry(settings, {}));
}

TEST_F(EntryText, OfAScriptInAPackageMakesThePackagesFolderTheProject) {
  folder_.write("app/site/__init__.py");
  folder_.write("app/site/wsgi.py");
  EXPECT_EQ(find_project_directory(say("app/site/wsgi.py"), "/"), folder_ / "app");
}

TEST_F(EntryText, OfAModuleLeavesTheCurrentDirectory) {
  EXPECT_EQ(find_project_directory(say("site.wsgi"), "/srv"), "/srv");
}

TEST_F(EntryText, DoesNotOverruleTheWorkingDirectory) {
  folder_.write("wsgi.py");
  Settings settings = say("wsgi.py");
  settings.working_directory = "/srv";
  EXPECT_EQ(find_project_directory(settings, "/"), "/srv");
}

}  // namespace
}  // namespace warp
