// Which frame gets a descriptor, without sockets. Numbers are of /dev/null, opened per test.
#include "channel/descriptor_match.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace warp::channel {
namespace {

using wire::FrameType;

constexpr std::size_t kHeader = wire::kFrameHeaderSize;
constexpr std::size_t kFile = kHeader + wire::kFilePartSize;

UniqueFd open_null() { return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

const wire::Frame kFileFrame{.type = FrameType::kResponseFile, .payload = "0123456789abcdef"};
const wire::Frame kHead{.type = FrameType::kResponseHead, .payload = "head"};
const wire::Frame kLog{.type = FrameType::kLog, .payload = "text"};

TEST(DescriptorMatch, GivesAFileFrameItsDescriptorOnce) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), kFile));
  ASSERT_TRUE(match.deliver(kFileFrame));
  EXPECT_TRUE(match.take());
  EXPECT_FALSE(match.take());
  EXPECT_FALSE(match.is_waiting());
}

TEST(DescriptorMatch, ClosesADescriptorThatNobodyTook) {
  DescriptorMatch match;
  UniqueFd null = open_null();
  const int number = null.get();
  ASSERT_TRUE(match.arrived(std::move(null), kFile));
  ASSERT_TRUE(match.deliver(kFileFrame));
  match.forget();
  EXPECT_LT(::fcntl(number, F_GETFD), 0);
}

TEST(DescriptorMatch, LooksPastFramesThatCameInTheSameRead) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 2 * (kHeader + 4) + kFile));
  EXPECT_TRUE(match.deliver(kLog));
  EXPECT_TRUE(match.deliver(kLog));
  EXPECT_TRUE(match.deliver(kFileFrame));
}

TEST(DescriptorMatch, TakesAFrameOfWhichOnlyTheStartHasCome) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), (kHeader + 4) + 1));
  EXPECT_TRUE(match.deliver(kLog));
  EXPECT_TRUE(match.deliver(kFileFrame));
}

// The head of a response and its file leave in one send.
TEST(DescriptorMatch, TakesAHeadBeforeItsFile) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 3));
  EXPECT_TRUE(match.deliver(kHead));
  EXPECT_TRUE(match.is_waiting());
  EXPECT_TRUE(match.deliver(kFileFrame));
  EXPECT_TRUE(match.take());
}

TEST(DescriptorMatch, RejectsAHeadWithoutItsFile) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 3));
  ASSERT_TRUE(match.deliver(kHead));
  EXPECT_EQ(match.deliver(kLog).error().code, Errc::kProtocol);
}

TEST(DescriptorMatch, RejectsAHeadThatEndsItsResponse) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 3));
  EXPECT_FALSE(
      match.deliver({.type = FrameType::kResponseHead, .is_last = true, .payload = "head"}));
}

TEST(DescriptorMatch, RejectsAFileWithoutDescriptor) {
  DescriptorMatch match;
  EXPECT_EQ(match.deliver(kFileFrame).error().code, Errc::kProtocol);
}

TEST(DescriptorMatch, RejectsAFileWhoseDescriptorCameLater) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 2 * kFile));
  EXPECT_EQ(match.deliver(kFileFrame).error().code, Errc::kProtocol);
}

TEST(DescriptorMatch, RejectsADescriptorWithAnyOtherFrame) {
  for (const FrameType type : {FrameType::kResponseBody, FrameType::kCredit, FrameType::kLog,
                               FrameType::kInterim, FrameType::kBroken, FrameType::kRejected}) {
    DescriptorMatch match;
    ASSERT_TRUE(match.arrived(open_null(), kHeader + 4));
    EXPECT_EQ(match.deliver({.type = type, .payload = "text"}).error().code, Errc::kProtocol);
  }
}

// Found by fuzzing: a read that ends within a file frame is followed by one with the rest of it and
// the next file's start.
TEST(DescriptorMatch, KeepsASecondDescriptorForTheNextFile) {
  DescriptorMatch match;
  UniqueFd first = open_null();
  UniqueFd second = open_null();
  const int first_number = first.get();
  const int second_number = second.get();
  ASSERT_TRUE(match.arrived(std::move(first), 5));
  ASSERT_TRUE(match.arrived(std::move(second), kFile + (kHeader + 4) + 1));
  ASSERT_TRUE(match.deliver(kFileFrame));
  EXPECT_EQ(match.take().get(), first_number);
  EXPECT_TRUE(match.deliver(kLog));
  ASSERT_TRUE(match.deliver(kFileFrame));
  EXPECT_EQ(match.take().get(), second_number);
  EXPECT_FALSE(match.is_waiting());
}

TEST(DescriptorMatch, RejectsASecondDescriptorWithTheSameFrame) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 1));
  ASSERT_TRUE(match.arrived(open_null(), kFile));
  EXPECT_EQ(match.deliver(kFileFrame).error().code, Errc::kProtocol);
}

TEST(DescriptorMatch, RejectsAThirdDescriptor) {
  DescriptorMatch match;
  ASSERT_TRUE(match.arrived(open_null(), 1));
  ASSERT_TRUE(match.arrived(open_null(), 2));
  EXPECT_EQ(match.arrived(open_null(), 3).error().code, Errc::kProtocol);
}

}  // namespace
}  // namespace warp::channel
