#include "base/shared_flag.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace warp {
namespace {

TEST(SharedFlag, IsNotSetAtFirst) {
  const UniqueFd memory = SharedFlag::create().value();
  EXPECT_FALSE(SharedFlag::map(memory.get()).value().is_set());
}

TEST(SharedFlag, IsSeenByAProcessThatHasMappedItBefore) {
  const UniqueFd memory = SharedFlag::create().value();
  const SharedFlag flag = SharedFlag::map(memory.get()).value();
  const pid_t other = ::fork();
  if (other == 0) {
    SharedFlag::set(memory.get());
    ::_exit(0);
  }
  ::waitpid(other, nullptr, 0);
  EXPECT_TRUE(flag.is_set());
}

TEST(SharedFlag, OutlivesItsDescriptorAndAMove) {
  UniqueFd memory = SharedFlag::create().value();
  SharedFlag first = SharedFlag::map(memory.get()).value();
  SharedFlag::set(memory.get());
  memory.reset();
  SharedFlag second;
  second = std::move(first);
  EXPECT_TRUE(second.is_set());
}

TEST(SharedFlag, CannotBeCutUnderItsReaders) {
  const UniqueFd memory = SharedFlag::create().value();
  EXPECT_EQ(::ftruncate(memory.get(), 0), -1);
}

TEST(SharedFlag, IsNeverSetWithoutMemory) {
  EXPECT_FALSE(SharedFlag::set(-1));
  EXPECT_FALSE(SharedFlag().is_set());
}

TEST(SharedFlag, NeedsADescriptorToBeMapped) { EXPECT_FALSE(SharedFlag::map(-1)); }

}  // namespace
}  // namespace warp
