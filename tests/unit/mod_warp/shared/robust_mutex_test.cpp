#include "mod_warp/shared/robust_mutex.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace warp {
namespace {

using std::chrono::milliseconds;

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
  EXPECT_EQ(mutex_->lock(Deadline::in(std::chrono::seconds(60))), Locked::kNot);
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

}  // namespace
}  // namespace warp
