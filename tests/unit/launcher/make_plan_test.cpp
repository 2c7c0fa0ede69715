#include "launcher/plan/make_plan.hpp"

#include <gmock/gmock.h>

#include "launcher/plan/httpd_user.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

TEST(GroupName, IsTheProjectsFolderWithPlainLetters) {
  EXPECT_EQ(group_name_for("/srv/my site\n"), "my-site-");
  EXPECT_EQ(group_name_for("/srv/shop_2.0"), "shop_2.0");
  EXPECT_EQ(group_name_for("/"), "warpdrive");
}

TEST(Locale, IsTheMostSpecificThatIsSet) {
  EXPECT_EQ(locale_of({{"LANG", "de_DE.UTF-8"}, {"LC_ALL", "C"}}), "C");
  EXPECT_EQ(locale_of({{"LANG", "de_DE.UTF-8"}, {"LC_ALL", ""}}), "de_DE.UTF-8");
  EXPECT_EQ(locale_of({}), "");
}

TEST(MakePlan, RefusesWhatHttpdsModuleDoesNotServe) {
  for (const auto& [kind, remedy] :
       {std::pair(ApplicationKind::kShellScript, "start-server gives its place to it"),
        std::pair(ApplicationKind::kPythonScript, "$PORT")}) {
    FakeHost host;
    Project project;
    project.application = {.target = "/srv/x", .kind = kind};
    const auto plan = make_plan({}, project, {}, host);
    ASSERT_FALSE(plan);
    EXPECT_THAT(plan.error().detail, testing::HasSubstr("/srv/x"));
    EXPECT_THAT(plan.error().detail, testing::HasSubstr(remedy));
  }
}

TEST(HttpdUser, IsNoneForAnybodyButRoot) {
  FakeHost host;
  EXPECT_FALSE(*choose_httpd_user({}, {}, host));
}

TEST(HttpdUser, IsWwwDataWhenItReadsTheStaticFiles) {
  const TemporaryDirectory folder;
  FakeHost host;
  host.become_root();
  Project project;
  project.user = *host.find_user("alice");
  const std::vector<StaticFiles> files = {{.url = "/static/", .path = folder.path() + "/"}};
  EXPECT_EQ((*choose_httpd_user(project, files, host))->name, "www-data");
}

TEST(HttpdUser, IsTheApplicationsUserWithoutWwwData) {
  FakeHost host;
  host.become_root();
  Project project;
  project.user = *host.find_user("alice");
  host.users.erase(host.users.begin() + 1);
  EXPECT_EQ((*choose_httpd_user(project, {}, host))->name, "alice");
}

TEST(HttpdUser, IsNeverRoot) {
  FakeHost host;
  host.become_root();
  Project project;
  project.user = host.user;
  EXPECT_EQ((*choose_httpd_user(project, {}, host))->name, "www-data");
  host.users.clear();
  EXPECT_FALSE(choose_httpd_user(project, {}, host));
}

}  // namespace
}  // namespace warp
