#include "worker/script_watch.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <filesystem>
#include <thread>
#include <vector>

#include "script_file.hpp"

namespace warp::worker {
namespace {

namespace fs = std::filesystem;

bool is_readable(int fd) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

TEST(ScriptWatch, SeesNothingInAScriptThatStays) {
  const ScriptFile script;
  const auto watch = script.watch();
  EXPECT_FALSE(watch->has_changed());
  EXPECT_FALSE(is_readable(watch->event()));
  EXPECT_EQ(script.announced, 0);
}

TEST(ScriptWatch, SeesAnotherTimeAnOlderOneToo) {
  const ScriptFile script;
  const auto watch = script.watch();
  script.touch();
  EXPECT_TRUE(watch->has_changed());
  EXPECT_TRUE(is_readable(watch->event()));
}

TEST(ScriptWatch, SeesAnotherFileInItsPlace) {
  const ScriptFile script;
  const auto watch = script.watch();
  ScriptFile::write(script.path() + ".new", "new");
  fs::last_write_time(script.path() + ".new", fs::last_write_time(script.path()));
  fs::rename(script.path() + ".new", script.path());
  EXPECT_TRUE(watch->has_changed());
}

TEST(ScriptWatch, ScriptThatIsMissingForAMomentHasNotChanged) {
  const ScriptFile script;
  const auto watch = script.watch();
  fs::rename(script.path(), script.path() + ".away");
  EXPECT_FALSE(watch->has_changed());
  fs::rename(script.path() + ".away", script.path());
  EXPECT_FALSE(watch->has_changed());
}

TEST(ScriptWatch, DoesNotForgetAChange) {
  const ScriptFile script;
  const auto watch = script.watch();
  const auto before = fs::last_write_time(script.path());
  script.touch();
  EXPECT_TRUE(watch->has_changed());
  fs::last_write_time(script.path(), before);
  EXPECT_TRUE(watch->has_changed());
}

TEST(ScriptWatch, ManyThreadsSeeTheSame) {
  const ScriptFile script;
  const auto watch = script.watch();
  script.touch();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      EXPECT_TRUE(watch->has_changed());
      EXPECT_GE(script.announced, 1);
    });
}

}  // namespace
}  // namespace warp::worker
