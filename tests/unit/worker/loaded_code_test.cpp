#include "worker/loaded_code.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "script_file.hpp"

namespace warp::worker {
namespace {

namespace fs = std::filesystem;

TEST(LoadedCode, HasNotChangedAtFirst) {
  const ScriptFile script;
  LoadedCode code({script.path(), "/nonexistent"});
  EXPECT_EQ(code.take_change(), std::nullopt);
}

TEST(LoadedCode, TellsTheFileThatHasChangedOnce) {
  const ScriptFile script;
  LoadedCode code({script.path()});
  script.touch();
  EXPECT_EQ(code.take_change(), script.path());
  EXPECT_EQ(code.take_change(), std::nullopt);
}

TEST(LoadedCode, FileThatIsMissingForAMomentHasNotChanged) {
  const ScriptFile script;
  LoadedCode code({script.path()});
  fs::rename(script.path(), script.path() + ".away");
  EXPECT_EQ(code.take_change(), std::nullopt);
  fs::rename(script.path() + ".away", script.path());
  EXPECT_EQ(code.take_change(), std::nullopt);
}

TEST(LoadedCode, WatchesWhatWasImportedLater) {
  const ScriptFile script;
  LoadedCode code;
  code.add({script.path()});
  EXPECT_TRUE(code.has(script.path()));
  EXPECT_EQ(code.folders(), std::vector{fs::path(script.path()).parent_path().string()});
  (void)code.take_change();
  script.touch();
  EXPECT_EQ(code.take_change(), script.path());
}

TEST(LoadedCode, FileThatHasChangedSinceTheLastLookMayHaveBeenImportedBefore) {
  const ScriptFile script;
  const auto time = fs::last_write_time(script.path());
  LoadedCode code;
  // Until the clock that files are stamped with has gone on.
  for (bool is_seen = false; !is_seen;) {
    LoadedCode later = code;
    ScriptFile::write(script.path(), "new");
    fs::last_write_time(script.path(), time);
    is_seen = later.add({script.path()});
    EXPECT_EQ(later.take_change().has_value(), is_seen);
  }
}

}  // namespace
}  // namespace warp::worker
