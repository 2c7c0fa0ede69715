#include "mod_warp/shared/robust_mutex.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>

namespace warp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool sleeps(pid_t process) {
  std::string pid;
  std::string name;
  std::string state;
  std::ifstream("/proc/" + std::to_string(process) + "/stat") >> pid >> name >> state;
  return state == "S";
}

// Of this process and its later children: none of them runs while another one does.
void stay_on_this_cpu() {
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &cpus);
  ASSERT_EQ(::sched_setaffinity(0, sizeof cpus, &cpus), 0);
}

class RobustMutexTest : public testing::Test {
 protected:
  void SetUp() override {
    void* const memory = ::mmap(nullptr, sizeof(RobustMutex), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(memory, MAP_FAILED);
    mutex_ = new (memory) RobustMutex;
    mutex_->set_up();
  }
  void TearDown() override { ::munmap(mutex_, sizeof(RobustMutex)); }

  // A child that gets the mutex in time, or else ends with 1. Returns when it waits.
  [[nodiscard]] pid_t start_waiting() const {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(mutex_->lock(Deadline::in(seconds(10))) == Locked::kNot ? 1 : 0);
    const Deadline deadline = Deadline::in(seconds(5));
    while (!sleeps(child) && !deadline.has_passed()) ::sched_yield();
    return child;
  }

  RobustMutex* mutex_ = nullptr;
};

TEST_F(RobustMutexTest, IsHadByOneAtATime) {
  ASSERT_EQ(mutex_->lock(Deadline::in(milliseconds(0))), Locked::kYes);
  std::thread([&] {
    EXPECT_EQ(mutex_->lock(Deadline::in(milliseconds(20))), Locked::kNot);
  }).join();
  mutex_->unlock();
  std::thread([&] {
    EXPECT_EQ(mutex_->lock(Deadline::in(milliseconds(0))), Locked::kYes);
    mutex_->unlock();
  }).join();
}

TEST_F(RobustMutexTest, RefusesTheThreadThatHasIt) {
  ASSERT_EQ(mutex_->lock(Deadline::in(milliseconds(0))), Locked::kYes);
  EXPECT_EQ(mutex_->lock(Deadline::in(seconds(60))), Locked::kNot);
  mutex_->unlock();
}

TEST_F(RobustMutexTest, TellsThatItsHolderHasDied) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(mutex_->lock(Deadline::in(milliseconds(0))) == Locked::kYes ? 0 : 1);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_EQ(mutex_->lock(Deadline::in(milliseconds(0))), Locked::kAfterDeath);
  mutex_->unlock();
  EXPECT_EQ(mutex_->lock(Deadline::in(milliseconds(0))), Locked::kYes) << "only once";
  mutex_->unlock();
}

TEST_F(RobustMutexTest, IsHadByTheNextWhenTheOneThatWasWokenIsKilled) {
  cpu_set_t before;
  ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
  stay_on_this_cpu();
  ASSERT_EQ(mutex_->lock(Deadline::in(milliseconds(0))), Locked::kYes);
  const pid_t killed = start_waiting();
  const pid_t next = start_waiting();
  mutex_->unlock();
  // The woken one, should it be quicker, ends with it.
  EXPECT_NE(mutex_->lock(Deadline::in(seconds(10))), Locked::kNot);
  ::kill(killed, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(killed, &status, 0), killed);
  mutex_->unlock();
  ASSERT_EQ(::waitpid(next, &status, 0), next);
  EXPECT_EQ(status, 0);
  ::sched_setaffinity(0, sizeof before, &before);
}

}  // namespace
}  // namespace warp
