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

class StopSignal : public testing::Test {
 protected:
  ~StopSignal() override {
    for (const int signal : {SIGTERM, SIGUSR1, SIGUSR2, SIGHUP}) std::signal(signal, SIG_DFL);
  }
  static int end_of_a_forked_child(int signal) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::raise(signal);
      ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

  StopSignals signals_ = take_stop_signals().value();
  UniqueFd stacks_ = take_stacks_signal().value();
};

TEST_F(StopSignal, MakesItsDescriptorReadable) {
  EXPECT_FALSE(is_readable(signals_.stop.get()));
  ::raise(SIGTERM);
  EXPECT_TRUE(is_readable(signals_.stop.get()));
  EXPECT_FALSE(is_readable(signals_.replaced.get()));
  ::raise(SIGUSR1);
  EXPECT_TRUE(is_readable(signals_.replaced.get()));
  EXPECT_FALSE(is_readable(stacks_.get()));
  ::raise(SIGUSR2);
  EXPECT_TRUE(is_readable(stacks_.get()));
}

TEST_F(StopSignal, ThatAsksForStacksIsTakenBackFromTheApplication) {
  std::signal(SIGUSR2, SIG_IGN);
  ASSERT_TRUE(keep_stacks_signal());
  ::raise(SIGUSR2);
  EXPECT_TRUE(is_readable(stacks_.get()));
}

TEST_F(StopSignal, EndsAForkedChildAndNotTheWorker) {
  for (const int signal : {SIGTERM, SIGUSR1}) EXPECT_EQ(end_of_a_forked_child(signal), signal);
  EXPECT_FALSE(is_readable(signals_.stop.get()));
  EXPECT_FALSE(is_readable(signals_.replaced.get()));
}

TEST_F(StopSignal, ThatAsksForStacksMeansNothingToAForkedChild) {
  EXPECT_EQ(end_of_a_forked_child(SIGUSR2), 0);
  EXPECT_FALSE(is_readable(stacks_.get()));
}

TEST_F(StopSignal, LeavesTheTerminalsInterruptToHttpd) {
  ::raise(SIGINT);
  EXPECT_FALSE(is_readable(signals_.stop.get()));
}

TEST_F(StopSignal, ThatAsksForALookAtTheCodeEndsNothing) {
  EXPECT_EQ(end_of_a_forked_child(SIGHUP), 0);
  EXPECT_FALSE(is_readable(signals_.code_check.get()));
  ::raise(SIGHUP);
  EXPECT_TRUE(is_readable(signals_.code_check.get()));
  EXPECT_FALSE(is_readable(signals_.stop.get()));
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
