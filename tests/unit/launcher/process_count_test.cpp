#include "launcher/plan/process_count.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;

Granted limits(std::optional<double> cpus, std::optional<std::uint64_t> mebibytes) {
  Granted granted;
  granted.cpus = cpus;
  granted.cpus_by = "cpu.max";
  if (mebibytes) granted.memory = *mebibytes * kMebibyte;
  granted.memory_by = "memory.max";
  return granted;
}

unsigned processes(std::optional<double> cpus, std::optional<std::uint64_t> mebibytes) {
  return count_processes(limits(cpus, mebibytes)).processes;
}

TEST(ProcessCount, IsOneWithoutLimits) {
  EXPECT_EQ(processes({}, {}), 1U);
  EXPECT_EQ(count_processes({}).reckoning, "");
}

TEST(ProcessCount, IsOneForEachCpu) {
  EXPECT_EQ(processes(0.25, {}), 1U);
  EXPECT_EQ(processes(1.0, {}), 1U);
  EXPECT_EQ(processes(1.5, {}), 2U);
  EXPECT_EQ(processes(4.0, {}), 4U);
}

TEST(ProcessCount, IsNoMoreThanTheMemoryHasRoomFor) {
  EXPECT_EQ(processes(16.0, 2048), 7U);
  EXPECT_EQ(processes(4.0, 576), 2U);
  EXPECT_EQ(processes(4.0, 64), 1U);
  EXPECT_EQ(processes(4.0, 1), 1U);
}

TEST(ProcessCount, DoesNotFollowTheCpusOfANodeThatIsShared) { EXPECT_EQ(processes({}, 65536), 1U); }

TEST(ProcessCount, HasAnEnd) { EXPECT_EQ(processes(160.0, 1048576), 12U); }

TEST(ProcessCount, TellsHowItCameAbout) {
  EXPECT_EQ(count_processes(limits(1.5, 1024)).reckoning,
            "2 processes: 2 for 1.5 CPUs (cpu.max); memory for 3: (1024 MiB of memory.max - 64 for "
            "httpd) / 256");
  EXPECT_EQ(count_processes(limits({}, 256)).reckoning,
            "1 process: one, as no limit of CPUs is set; memory for 1: (256 MiB of memory.max - 64 "
            "for httpd) / 256");
}

TEST(ProcessCount, IsDoubtedWhenSomebodyAsksForMoreThanFits) {
  EXPECT_EQ(doubt_about(3, limits({}, 1024)), "");
  EXPECT_EQ(doubt_about(300, {}), "");
  EXPECT_EQ(doubt_about(1, limits({}, 16)), "");
  EXPECT_NE(doubt_about(16, limits({}, 2048)).find("16 processes have 124 MiB each"),
            std::string::npos);
}

}  // namespace
}  // namespace warp
