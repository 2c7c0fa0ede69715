// What is read from the kernel: figures of a process, and kills for lack of memory.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "supervisor/memory_events.hpp"
#include "supervisor/process_figures.hpp"

namespace warp::supervisor {
namespace {

TEST(ProcessFigures, TellMemoryAndCpuTime) {
  const auto figures = figures_of_process(::getpid());
  ASSERT_TRUE(figures);
  EXPECT_GT(figures->resident_bytes, 500'000U);
  EXPECT_LT(figures->cpu_time, std::chrono::hours(1));
}

TEST(ProcessFigures, AreMissingForAProcessThatIsGone) {
  EXPECT_EQ(figures_of_process(0).error().code, Errc::kNotFound);
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
