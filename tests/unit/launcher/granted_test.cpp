#include "launcher/host/granted.hpp"

#include <gtest/gtest.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30U;
constexpr Machine kMachine{.cpus = 8, .usable_cpus = 8, .memory = 16 * kGibibyte};

class GrantedTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const { root_.write(name, text); }
  [[nodiscard]] Granted granted(const Machine& machine = kMachine) const {
    return read_granted(root_.path() + "/", machine);
  }

  TemporaryDirectory root_;
};

TEST_F(GrantedTest, IsEverythingWithoutControlGroups) {
  EXPECT_EQ(granted().cpus, std::nullopt);
  EXPECT_EQ(granted().memory, std::nullopt);
}

TEST_F(GrantedTest, IsWhatVersionTwoSays) {
  write("proc/self/cgroup", "0::/\n");
  write("sys/fs/cgroup/cpu.max", "150000 100000\n");
  write("sys/fs/cgroup/memory.max", "1073741824\n");
  EXPECT_EQ(granted().cpus, 1.5);
  EXPECT_EQ(granted().cpus_by, "cpu.max");
  EXPECT_EQ(granted().memory, kGibibyte);
  EXPECT_EQ(granted().memory_by, "memory.max");
  EXPECT_EQ(granted().tasks, std::nullopt);
  write("sys/fs/cgroup/pids.max", "100\n");
  EXPECT_EQ(granted().tasks, 100U);
}

TEST_F(GrantedTest, IsEverythingWhenVersionTwoSaysMax) {
  write("proc/self/cgroup", "0::/\n");
  write("sys/fs/cgroup/cpu.max", "max 100000\n");
  write("sys/fs/cgroup/memory.max", "max\n");
  EXPECT_EQ(granted().cpus, std::nullopt);
  EXPECT_EQ(granted().memory, std::nullopt);
}

TEST_F(GrantedTest, IsTheLeastOfTheGroupAndThoseAboveIt) {
  write("proc/self/cgroup", "0::/system.slice/site.service\n");
  write("sys/fs/cgroup/system.slice/site.service/cpu.max", "400000 100000\n");
  write("sys/fs/cgroup/system.slice/site.service/memory.max", "max\n");
  write("sys/fs/cgroup/system.slice/cpu.max", "200000 100000\n");
  write("sys/fs/cgroup/system.slice/memory.max", "536870912\n");
  EXPECT_EQ(granted().cpus, 2.0);
  EXPECT_EQ(granted().memory, kGibibyte / 2);
}

TEST_F(GrantedTest, IsThatOfTheMountWhereTheGroupIsNotSeen) {
  write("proc/self/cgroup", "0::/kubepods/pod1/abc\n");
  write("sys/fs/cgroup/cpu.max", "50000 100000\n");
  EXPECT_EQ(granted().cpus, 0.5);
}

TEST_F(GrantedTest, IsWhatVersionOneSays) {
  write("proc/self/cgroup", "8:pids:/box\n4:memory:/box\n3:cpu,cpuacct:/box\n0::/\n");
  write("sys/fs/cgroup/pids/box/pids.max", "200\n");
  write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "300000\n");
  write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
  write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1073741824\n");
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(granted().cpus, 3.0);
  EXPECT_EQ(granted().memory, kGibibyte);
  EXPECT_EQ(granted().memory_by, "memory.limit_in_bytes");
  EXPECT_EQ(granted().tasks, 200U);
}

TEST_F(GrantedTest, IsEverythingWhenVersionOneHasNoLimits) {
  write("proc/self/cgroup", "4:memory:/\n3:cpu:/\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(granted().cpus, std::nullopt);
  EXPECT_EQ(granted().memory, std::nullopt);
  EXPECT_EQ(granted().memory_by, "");
}

TEST_F(GrantedTest, CountsTheCpusThatAreLeft) {
  Machine machine = kMachine;
  machine.usable_cpus = 3;
  EXPECT_EQ(granted(machine).cpus, 3.0);
  write("proc/self/cgroup", "0::/\n");
  write("sys/fs/cgroup/cpu.max", "400000 100000\n");
  EXPECT_EQ(granted(machine).cpus, 3.0);
  write("sys/fs/cgroup/cpu.max", "200000 100000\n");
  EXPECT_EQ(granted(machine).cpus_by, "cpu.max");
}

TEST_F(GrantedTest, GrantsNoMoreCpusThanThereAre) {
  write("proc/self/cgroup", "0::/\n");
  write("sys/fs/cgroup/cpu.max", "1600000 100000\n");
  EXPECT_EQ(granted().cpus, 8.0);
  EXPECT_EQ(granted().cpus_by, "the CPUs that there are");
}

TEST_F(GrantedTest, LeavesOutWhatIsNotANumber) {
  write("proc/self/cgroup", "0::/\nnonsense\n:\n");
  write("sys/fs/cgroup/cpu.max", "100000 0\n");
  write("sys/fs/cgroup/memory.max", "");
  EXPECT_EQ(granted().cpus, std::nullopt);
  EXPECT_EQ(granted().memory, std::nullopt);
}

TEST(ThisMachine, HasCpusAndMemory) {
  const Machine machine = this_machine();
  EXPECT_GE(machine.cpus, 1U);
  EXPECT_GE(machine.usable_cpus, 1U);
  EXPECT_GT(machine.memory, kGibibyte / 8);
}

}  // namespace
}  // namespace warp
