#include "launcher/detect/application_user.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

class ApplicationUser : public testing::Test {
 protected:
  ApplicationUser() { settings_.project_directory = "/"; }  // root's
  Settings settings_;
  FakeHost host_;
};

TEST_F(ApplicationUser, IsTheCurrentUser) {
  EXPECT_EQ(find_application_user(settings_, host_)->name, "dev");
}

TEST_F(ApplicationUser, CanBeChosenByRootOnly) {
  settings_.user = "alice";
  const auto refused = find_application_user(settings_, host_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kNoPermission);
  host_.become_root();
  EXPECT_EQ(find_application_user(settings_, host_)->name, "alice");
}

TEST_F(ApplicationUser, IsWwwDataForRootsFolder) {
  host_.become_root();
  EXPECT_EQ(find_application_user(settings_, host_)->name, "www-data");
}

TEST_F(ApplicationUser, IsTheFoldersOwner) {
  const TemporaryDirectory folder;
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a folder away";
  ASSERT_EQ(::chown(folder.path().c_str(), 1001, 50), 0);
  settings_.project_directory = folder.path();
  host_.become_root();
  EXPECT_EQ(find_application_user(settings_, host_)->name, "alice");
}

TEST_F(ApplicationUser, IsRootOnlyWhenThatIsWritten) {
  host_.become_root();
  host_.users.push_back({.name = "toor", .group = "root", .home = "/", .uid = 0, .gid = 0});
  settings_.user = "toor";
  EXPECT_FALSE(find_application_user(settings_, host_));
  settings_.user = "root";
  EXPECT_EQ(find_application_user(settings_, host_)->uid, 0U);
}

TEST_F(ApplicationUser, HasTheSupplementaryGroupsThatRootNames) {
  settings_.user = "alice";
  settings_.supplementary_groups = "www-data,#77";
  host_.become_root();
  const auto account = find_application_user(settings_, host_);
  ASSERT_TRUE(account) << account.error().detail;
  EXPECT_THAT(account->groups, testing::ElementsAre(33U, 77U));
  settings_.supplementary_groups = "www-data,none-here";
  EXPECT_THAT(find_application_user(settings_, host_).error().detail, HasSubstr("'none-here'"));
}

TEST_F(ApplicationUser, DoesNotChooseItsSupplementaryGroups) {
  settings_.supplementary_groups = "www-data";
  EXPECT_THAT(find_application_user(settings_, host_).error().detail,
              HasSubstr("--supplementary-groups: only root can choose groups"));
}

TEST_F(ApplicationUser, MustExist) {
  host_.become_root();
  settings_.user = "nobody-here";
  EXPECT_THAT(find_application_user(settings_, host_).error().detail, HasSubstr("nobody-here"));
}

TEST_F(ApplicationUser, GetsTheGroupThatIsNamed) {
  host_.become_root();
  settings_.user = "alice";
  settings_.group = "www-data";
  const auto account = find_application_user(settings_, host_);
  ASSERT_TRUE(account);
  EXPECT_EQ(account->gid, 33U);
  EXPECT_EQ(account->group, "www-data");
}

TEST(WayTo, AsksForEachFolder) {
  std::vector<Access> accesses;
  add_way_to(accesses, "/root/app", R_OK);
  ASSERT_EQ(accesses.size(), 2U);
  EXPECT_EQ(accesses[0].path, "/root");
  EXPECT_EQ(accesses[0].mode, X_OK);
  EXPECT_EQ(accesses[1].mode, R_OK);
}

TEST(CheckAccesses, NamesThePathAndTheRemedy) {
  FakeHost host;
  host.closed_path = "/root";
  const auto checked = check_accesses(host, host.user, {{"/root", X_OK}});
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::kNoPermission);
  EXPECT_THAT(checked.error().detail, HasSubstr("/root"));
  EXPECT_THAT(checked.error().detail, HasSubstr("chmod"));
}

}  // namespace
}  // namespace warp
