// What the kernel tells of processes, and of kills for lack of memory.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "supervisor/memory_events.hpp"
#include "supervisor/process_facts.hpp"

namespace warp::supervisor {
namespace {

TEST(ProcessFacts, TellMemoryAndCpuTime) {
  EXPECT_GT(resident_bytes(::getpid()), 500'000U);
  EXPECT_LT(cpu_time_of(::getpid()), std::chrono::hours(1));
}

TEST(ProcessFacts, AreMissingForAProcessThatIsGone) {
  EXPECT_EQ(resident_bytes(0), std::nullopt);
  EXPECT_EQ(cpu_time_of(0), std::nullopt);
  EXPECT_FALSE(is_stopped(0));
}

TEST(ProcessFacts, TellWhetherASignalHasStoppedAProcess) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::raise(SIGSTOP);
    ::_exit(0);
  }
  ASSERT_GT(child, 0);
  EXPECT_EQ(::waitpid(child, nullptr, WUNTRACED), child);
  EXPECT_TRUE(is_stopped(child));
  EXPECT_FALSE(is_stopped(::getpid()));
  ::kill(child, SIGKILL);
  EXPECT_EQ(::waitpid(child, nullptr, 0), child);
}

class MemoryEventsTest : public testing::Test {
 protected:
  MemoryEventsTest() { write(2); }
  ~MemoryEventsTest() override { std::filesystem::remove(path_); }
  void write(int kills) const {
    std::ofstream(path_) << "low 0\nhigh 0\nmax 7\noom 3\noom_kill " << kills << "\n";
  }
  std::string path_ = testing::TempDir() + "warp-memory-events-" + std::to_string(::getpid());
};

TEST_F(MemoryEventsTest, TellEachKillOnce) {
  MemoryEvents events(path_);
  EXPECT_FALSE(events.have_killed());
  write(3);
  EXPECT_TRUE(events.have_killed());
  EXPECT_FALSE(events.have_killed());
}

TEST(MemoryEvents, AreNoneWithoutAControlGroup) {
  EXPECT_EQ(memory_events_file("12:pids:/x\n"), "");
  MemoryEvents events("");
  EXPECT_FALSE(events.have_killed());
}

TEST(MemoryEvents, AreFoundForBothVersionsOfControlGroups) {
  EXPECT_EQ(memory_events_file("0::/no/such/group\n"), "/sys/fs/cgroup/memory.events");
  EXPECT_EQ(memory_events_file("4:cpu,memory:/no/such\n0::/\n"),
            "/sys/fs/cgroup/memory/memory.oom_control");
}

}  // namespace
}  // namespace warp::supervisor
