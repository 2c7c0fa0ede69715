// The pieces of a worker's end: its reason, and the limit to its patience.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include "worker/stop_limit.hpp"
#include "worker/stop_signal.hpp"
#include "worker/watched_files.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;

TEST(StopLimit, ActsInOrderWhenTheTimeHasCome) {
  std::vector<int> acts;
  std::promise<void> done;
  const StopLimit limit({{.at = Deadline::in(1ms), .act = [&] { acts.push_back(1); }},
                         {.at = Deadline::in(2ms), .act = [&] {
                            acts.push_back(2);
                            done.set_value();
                          }}});
  done.get_future().wait();
  EXPECT_EQ(acts, (std::vector{1, 2}));
}

TEST(StopLimit, IsCalledOffByItsEnd) {
  bool acted = false;
  {
    const StopLimit limit({{.at = Deadline::in(1h), .act = [&] { acted = true; }}});
  }
  EXPECT_FALSE(acted);
}

bool is_readable(int fd) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

TEST(StopSignal, MakesTheDescriptorReadable) {
  const StopSignal stop = take_stop_signal().value();
  EXPECT_FALSE(is_readable(stop.event()));
  ::raise(SIGUSR1);
  EXPECT_TRUE(is_readable(stop.event()));
  EXPECT_TRUE(stop.is_handover());
  ::raise(SIGTERM);
  EXPECT_FALSE(stop.is_handover());
  std::signal(SIGTERM, SIG_DFL);
}

TEST(StopSignal, EndsAForkedChildAndNotTheWorker) {
  const StopSignal stop = take_stop_signal().value();
  const pid_t child = ::fork();
  if (child == 0) {
    ::raise(SIGTERM);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
  EXPECT_FALSE(is_readable(stop.event()));
  std::signal(SIGTERM, SIG_DFL);
}

TEST(StopSignal, LeavesTerminalSignalsToHttpd) {
  const StopSignal stop = take_stop_signal().value();
  ::raise(SIGINT);
  ::raise(SIGHUP);
  EXPECT_FALSE(is_readable(stop.event()));
  std::signal(SIGTERM, SIG_DFL);
}

class WatchedFilesTest : public testing::Test {
 protected:
  WatchedFilesTest() {
    std::string name = (std::filesystem::temp_directory_path() / "warp-watch-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    write("first");
  }
  ~WatchedFilesTest() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& text) const { std::ofstream(file()) << text; }
  std::string file() const { return directory_ / "app.py"; }

  std::filesystem::path directory_;
};

TEST_F(WatchedFilesTest, AreUnchangedAtFirst) {
  EXPECT_FALSE(WatchedFiles({file(), "/nonexistent"}).have_changed());
}

TEST_F(WatchedFilesTest, ChangeWhenOneIsWritten) {
  const WatchedFiles files({"/nonexistent", file()});
  write("second, longer");
  EXPECT_TRUE(files.have_changed());
}

TEST_F(WatchedFilesTest, ChangeWhenOneAppearsOrGoes) {
  const std::string other = directory_ / "other.py";
  const WatchedFiles files({file()});
  const WatchedFiles missing({other});
  std::filesystem::rename(file(), other);
  EXPECT_TRUE(files.have_changed());
  EXPECT_TRUE(missing.have_changed());
}

}  // namespace
}  // namespace warp::worker
