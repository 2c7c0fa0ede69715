#include "base/unique_fd.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "base/deadline.hpp"

namespace warp {
namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }
int open_null() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

TEST(UniqueFd, ClosesAtTheEndOfItsLife) {
  const int number = open_null();
  { const UniqueFd owner(number); }
  EXPECT_FALSE(is_open(number));
}

TEST(UniqueFd, MoveLeavesOneOwner) {
  UniqueFd first(open_null());
  const int number = first.get();
  const UniqueFd second(std::move(first));
  EXPECT_EQ(second.get(), number);
  EXPECT_TRUE(is_open(number));
}

TEST(UniqueFd, AssignmentClosesTheOldDescriptor) {
  UniqueFd first(open_null());
  const int old = first.get();
  first = UniqueFd(open_null());
  EXPECT_FALSE(is_open(old));
  EXPECT_TRUE(is_open(first.get()));
}

TEST(UniqueFd, ReleaseKeepsTheDescriptorOpen) {
  UniqueFd owner(open_null());
  const int number = owner.release();
  owner.reset();
  EXPECT_TRUE(is_open(number));
  ::close(number);
}

TEST(Deadline, PollTimeoutIsRoundedUpAndNeverNegative) {
  EXPECT_EQ(Deadline::in(std::chrono::microseconds(-5)).poll_timeout(), 0);
  EXPECT_GE(Deadline::in(std::chrono::microseconds(300)).poll_timeout(), 0);
  EXPECT_EQ(Deadline::never().poll_timeout(), -1);
}

TEST(Deadline, NeverDoesNotPass) {
  EXPECT_FALSE(Deadline::never().has_passed());
  EXPECT_TRUE(Deadline::in(std::chrono::nanoseconds(0)).has_passed());
}

}  // namespace
}  // namespace warp
