#include "worker/code_watch.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <filesystem>

#include "fake_application.hpp"
#include "script_file.hpp"

namespace warp::worker {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class CodeWatchTest : public testing::Test {
 protected:
  std::unique_ptr<CodeWatch> watch(CodeWatch::Mode mode) {
    application_.import(script_.path());
    return CodeWatch::create(application_, LoadedCode(application_.imported_files()), mode).value();
  }
  static bool is_told(const CodeWatch& watch, std::chrono::milliseconds patience = 20s) {
    pollfd entry{watch.event(), POLLIN, 0};
    return ::poll(&entry, 1, static_cast<int>(patience.count())) == 1;
  }
  // Again and again, since the watch may begin at any time.
  template <typename Change>
  static bool is_told_of(const CodeWatch& watch, Change change) {
    for (const Deadline deadline = Deadline::in(20s); !deadline.has_passed();) {
      change();
      if (is_told(watch, 500ms)) return true;
    }
    return false;
  }

  ScriptFile script_;
  FakeApplication application_{[](Exchange&) {}};
};

TEST_F(CodeWatchTest, TellsWhenAskedIfTheCodeHasChanged) {
  const auto watch = this->watch(CodeWatch::Mode::kWhenAsked);
  script_.touch();
  EXPECT_FALSE(is_told(*watch, 0ms));
  watch->look();
  EXPECT_TRUE(is_told(*watch));
  EXPECT_TRUE(watch->take_event());
  EXPECT_FALSE(watch->take_event());
}

TEST_F(CodeWatchTest, SeesWhatWasImportedLaterWhenAsked) {
  const auto watch = this->watch(CodeWatch::Mode::kWhenAsked);
  const ScriptFile other;
  application_.import(other.path());
  EXPECT_TRUE(is_told_of(*watch, [&] {
    other.touch();
    watch->look();
  }));
}

TEST_F(CodeWatchTest, SeesByItselfAFileThatIsWrittenInPlace) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  ScriptFile::write(script_.path(), "new");
  EXPECT_TRUE(is_told(*watch));
}

TEST_F(CodeWatchTest, SeesAnotherFileInItsPlace) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  ScriptFile::write(script_.path() + "~", "new");
  fs::rename(script_.path() + "~", script_.path());
  EXPECT_TRUE(is_told(*watch));
}

TEST_F(CodeWatchTest, SeesAFileThatIsRemovedAndWrittenAnew) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  fs::remove(script_.path());
  ScriptFile::write(script_.path(), "new");
  EXPECT_TRUE(is_told(*watch));
}

TEST_F(CodeWatchTest, SeesATouch) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  script_.touch();
  EXPECT_TRUE(is_told(*watch));
}

TEST_F(CodeWatchTest, TellsOfSeveralSavesOnce) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  for (std::size_t size = 1; size <= 10; ++size)
    ScriptFile::write(script_.path(), std::string(size, 'x'));
  EXPECT_TRUE(is_told(*watch));
  EXPECT_TRUE(watch->take_event());
  EXPECT_FALSE(is_told(*watch, 0ms));
}

TEST_F(CodeWatchTest, DoesNotMindOtherFilesOfTheFolder) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  ScriptFile::write(script_.path() + ".log", "new");
  // Longer than it waits for more.
  EXPECT_FALSE(is_told(*watch, 300ms));
}

TEST_F(CodeWatchTest, WatchesWhatIsImportedLater) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  const ScriptFile other;
  application_.import(other.path());
  EXPECT_TRUE(is_told_of(*watch, [&] { other.touch(); }));
}

TEST_F(CodeWatchTest, GoesOnWithAFolderThatWasMadeAnew) {
  const auto watch = this->watch(CodeWatch::Mode::kAlways);
  const fs::path folder = fs::path(script_.path()).parent_path();
  fs::remove_all(folder);
  fs::create_directory(folder);
  std::string text = "new";
  EXPECT_TRUE(is_told_of(*watch, [&] { ScriptFile::write(script_.path(), text += "x"); }));
}

}  // namespace
}  // namespace warp::worker
