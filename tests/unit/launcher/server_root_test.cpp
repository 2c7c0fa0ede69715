#include "launcher/run/server_root.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "launcher/host/files.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

TEST(ServerRoot, IsMadeAndKept) {
  const TemporaryDirectory folder;
  const std::string path = folder / "root";
  {
    auto root = ServerRoot::open(path, RootKind::kTemporary);
    ASSERT_TRUE(root) << root.error().detail;
    ASSERT_TRUE(root->write_config("# conf\n"));
    root->keep();
  }
  EXPECT_TRUE(is_file(path + "/httpd.conf"));
}

TEST(ServerRoot, IsTakenAwayWhenTheStartFails) {
  const TemporaryDirectory folder;
  const std::string path = folder / "root";
  {
    auto root = ServerRoot::open(path, RootKind::kTemporary);
    ASSERT_TRUE(root);
    ASSERT_TRUE(root->write_config("# conf\n"));
  }
  EXPECT_FALSE(is_directory(path));
}

TEST(ServerRoot, KeepsWhatIsNotOurs) {
  const TemporaryDirectory folder;
  const std::string notes = folder.write("root/notes.txt");
  { ASSERT_TRUE(ServerRoot::open(folder / "root", RootKind::kNamed)); }
  EXPECT_TRUE(is_file(notes));
}

TEST(ServerRoot, IsTidiedAfterAStop) {
  const TemporaryDirectory folder;
  auto root = ServerRoot::open(folder / "root", RootKind::kTemporary);
  ASSERT_TRUE(root);
  root->keep();
  folder.write("root/httpd.pid", "1\n");
  folder.write("root/error_log", "line\n");
  root->tidy();
  EXPECT_FALSE(is_file(folder / "root/httpd.pid"));
  EXPECT_TRUE(is_file(folder / "root/error_log"));
  std::filesystem::remove(folder / "root/error_log");
  root->tidy();
  EXPECT_FALSE(is_directory(folder / "root"));
}

TEST(ServerRoot, TellsWhereTheManagementPagesAreWhileThereAreAny) {
  const TemporaryDirectory folder;
  auto root = ServerRoot::open(folder / "root", RootKind::kNamed);
  ASSERT_TRUE(root && root->write_management_address("127.0.0.1:9180"));
  EXPECT_EQ(*read_text(folder / "root/management"), "127.0.0.1:9180\n");
  ASSERT_TRUE(root->write_management_address(""));
  EXPECT_FALSE(is_file(folder / "root/management"));
  ASSERT_TRUE(root->write_management_address("127.0.0.1:9180"));
  root->tidy();
  EXPECT_FALSE(is_file(folder / "root/management"));
}

TEST(ServerRoot, KeepsLogsByTheirNames) {
  const TemporaryDirectory folder;
  auto root = ServerRoot::open(folder / "root", RootKind::kTemporary);
  ASSERT_TRUE(root);
  root->call_logs({"what.log", "who.log"});
  root->keep();
  folder.write("root/who.log", "line\n");
  root->tidy();
  EXPECT_TRUE(is_file(folder / "root/who.log"));
  std::filesystem::remove(folder / "root/who.log");
  root->tidy();
  EXPECT_FALSE(is_directory(folder / "root"));
}

TEST(ServerRoot, KeepsNothingOfARunningServerAfterItsEnd) {
  const TemporaryDirectory folder;
  auto root = ServerRoot::open(folder / "root", RootKind::kNamed);
  ASSERT_TRUE(root);
  root->keep();
  for (const char* const name : {"launcher.pid", "not-ready", "warp-site.sock", "own.sock"})
    folder.write("root/" + std::string(name));
  root->tidy();
  EXPECT_THAT(names_in_directory(folder / "root"), testing::ElementsAre("own.sock"));
}

TEST(ServerRoot, HasOneServer) {
  const TemporaryDirectory folder;
  auto first = ServerRoot::open(folder / "root", RootKind::kNamed);
  ASSERT_TRUE(first);
  folder.write("root/httpd.pid", "4711\n");
  const auto second = ServerRoot::open(folder / "root", RootKind::kNamed);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kAddressInUse);
  EXPECT_THAT(second.error().detail, HasSubstr("4711"));
}

TEST(ServerRoot, IsNoLinkAndNoFile) {
  const TemporaryDirectory folder;
  const std::string real = folder.make_folder("real");
  std::filesystem::create_directory_symlink(real, folder / "link");
  folder.write("file");
  EXPECT_FALSE(ServerRoot::open(folder / "link", RootKind::kNamed));
  EXPECT_FALSE(ServerRoot::open(folder / "file", RootKind::kNamed));
}

TEST(ServerRoot, IsClosedToOtherUsers) {
  const TemporaryDirectory folder;
  const std::string path = folder.make_folder("open");
  std::filesystem::permissions(path, std::filesystem::perms::all);
  EXPECT_EQ(ServerRoot::open(path, RootKind::kNamed).error().code, Errc::kNoPermission);
}

TEST(ServerRoot, BelongsToUs) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a folder away";
  const TemporaryDirectory folder;
  const std::string path = folder.make_folder("theirs");
  ASSERT_EQ(::chown(path.c_str(), 1001, 1001), 0);
  EXPECT_EQ(ServerRoot::open(path, RootKind::kNamed).error().code, Errc::kNoPermission);
}

TEST(ServerRoot, NeedsItsParent) {
  const auto root = ServerRoot::open("/no/such/root", RootKind::kNamed);
  ASSERT_FALSE(root);
  EXPECT_THAT(root.error().detail, HasSubstr("/no/such/root"));
}

TEST(InspectedServerRoot, IsNeitherMadeNorLocked) {
  const TemporaryDirectory folder;
  EXPECT_TRUE(inspect_server_root(folder / "root"));
  EXPECT_FALSE(is_directory(folder / "root"));
  const auto root = ServerRoot::open(folder / "root", RootKind::kNamed);
  ASSERT_TRUE(root);
  EXPECT_EQ(inspect_server_root(folder / "root").error().code, Errc::kAddressInUse);
}

TEST(InspectedServerRoot, HasAFolderAround) {
  const TemporaryDirectory folder;
  const auto usable = inspect_server_root(folder / "none/root");
  ASSERT_FALSE(usable);
  EXPECT_THAT(usable.error().detail, testing::HasSubstr("choose another --server-root"));
}

}  // namespace
}  // namespace warp
