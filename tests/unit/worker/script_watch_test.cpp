#include "worker/script_watch.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>
#include <vector>

#include "script_file.hpp"

namespace warp::worker {
namespace {

namespace fs = std::filesystem;

bool sees_change(ScriptWatch& watch) {
  watch.look();
  return watch.take_event();
}

TEST(ScriptWatch, SeesNothingInAScriptThatStays) {
  const ScriptFile script;
  const auto watch = script.watch();
  EXPECT_FALSE(sees_change(*watch));
}

TEST(ScriptWatch, SeesAnotherTimeAnOlderOneToo) {
  const ScriptFile script;
  const auto watch = script.watch();
  script.touch();
  EXPECT_TRUE(sees_change(*watch));
}

TEST(ScriptWatch, SeesAnotherFileInItsPlace) {
  const ScriptFile script;
  const auto watch = script.watch();
  ScriptFile::write(script.path() + ".new", "new");
  fs::last_write_time(script.path() + ".new", fs::last_write_time(script.path()));
  fs::rename(script.path() + ".new", script.path());
  EXPECT_TRUE(sees_change(*watch));
}

TEST(ScriptWatch, ScriptThatIsMissingForAMomentHasNotChanged) {
  const ScriptFile script;
  const auto watch = script.watch();
  fs::rename(script.path(), script.path() + ".away");
  EXPECT_FALSE(sees_change(*watch));
  fs::rename(script.path() + ".away", script.path());
  EXPECT_FALSE(sees_change(*watch));
}

TEST(ScriptWatch, TellsEachChangeOnce) {
  const ScriptFile script;
  const auto watch = script.watch();
  script.touch();
  EXPECT_TRUE(sees_change(*watch));
  EXPECT_FALSE(sees_change(*watch));
  script.touch();
  EXPECT_TRUE(sees_change(*watch));
}

TEST(ScriptWatch, ManyThreadsSeeOneChange) {
  const ScriptFile script;
  const auto watch = script.watch();
  script.touch();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { watch->look(); });
  }
  EXPECT_TRUE(watch->take_event());
  EXPECT_FALSE(watch->take_event());
}

}  // namespace
}  // namespace warp::worker
