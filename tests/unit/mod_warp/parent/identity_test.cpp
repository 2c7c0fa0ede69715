#include "mod_warp/parent/identity.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

using testing::Ne;

class IdentityTest : public testing::Test {
 protected:
  IdentityTest() {
    directory_ =
        std::filesystem::path(testing::TempDir()) /
        (std::string("identity.") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(directory_);
    write("program", "one");
    settings_.name = "site";
    run_as_.groups = {1, 2};
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::string path(const std::string& name) const { return directory_ / name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
  }
  [[nodiscard]] std::string identity() const {
    return identity_of({.settings = settings_,
                        .run_as = run_as_,
                        .programs = {path("program")},
                        .log = log_.get(),
                        .queue_limit = queue_limit_});
  }
  void open_log(const std::string& name) {
    log_.reset(::open(path(name).c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644));
  }

  std::filesystem::path directory_;
  wire::GroupConfig settings_;
  RunAs run_as_;
  UniqueFd log_;
  std::uint32_t queue_limit_ = 8;
};

TEST_F(IdentityTest, IsTheSameForTheSame) { EXPECT_EQ(identity(), identity()); }

TEST_F(IdentityTest, ChangesWithASetting) {
  const std::string before = identity();
  settings_.threads += 1;
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithTheName) {
  const std::string before = identity();
  settings_.name = "other";
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithTheUser) {
  const std::string before = identity();
  run_as_.user = 33;
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithTheUsersGroups) {
  const std::string before = identity();
  run_as_.groups = {1};
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithAProgramThatWasReplaced) {
  const std::string before = identity();
  write("new", "two");
  std::filesystem::rename(path("new"), path("program"));
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithAProgramThatWasWrittenAnew) {
  const std::string before = identity();
  const std::array<timespec, 2> times{{{.tv_sec = 1, .tv_nsec = 0}, {.tv_sec = 1, .tv_nsec = 0}}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path("program").c_str(), times.data(), 0), 0);
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithTheNumberOfChildren) {
  const std::string before = identity();
  queue_limit_ *= 2;
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, ChangesWithALogThatWasRotated) {
  open_log("log");
  const std::string before = identity();
  std::filesystem::rename(path("log"), path("log.1"));
  open_log("log");
  EXPECT_THAT(identity(), Ne(before));
}

TEST_F(IdentityTest, IsTheSameForALogThatHasGrown) {
  open_log("log");
  const std::string before = identity();
  write("log", "a line\n");
  open_log("log");
  EXPECT_EQ(identity(), before);
}

}  // namespace
}  // namespace warp
