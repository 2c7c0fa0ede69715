#include "channel/body_memory.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "unit/channel/channel_pair.hpp"

namespace warp::channel {
namespace {

using wire::FrameType;

constexpr std::size_t kSize = BodyMemory::kSize;

class BodyMemoryTest : public testing::Test {
 protected:
  BodyMemoryTest() { pair_.worker.allow_body_memory(allowance_); }

  [[nodiscard]] Result<> send_shared(const wire::FilePart& part, bool is_last = false) {
    const auto payload = wire::encode_file_part(part);
    return pair_.worker.send({.type = FrameType::kSharedBody,
                              .is_last = is_last,
                              .payload = std::string_view(payload.data(), payload.size())});
  }
  // As a worker that does not keep to the rules.
  void send_memory(const UniqueFd& memory) {
    ASSERT_TRUE(pair_.worker.send({.type = FrameType::kBodyMemory, .descriptor = memory.get()}));
  }

  BodyMemoryAllowance allowance_{1};
  ChannelPair pair_ = make_channel_pair();
};

UniqueFd make_memory(unsigned flags, std::size_t size, int seals) {
  UniqueFd memory(::memfd_create("test", MFD_CLOEXEC | flags));
  EXPECT_EQ(::ftruncate(memory.get(), static_cast<off_t>(size)), 0);
  EXPECT_EQ(::fcntl(memory.get(), F_ADD_SEALS, seals), 0);
  return memory;
}

TEST_F(BodyMemoryTest, CrossesAsPartOfABody) {
  BodyMemory* const memory = pair_.worker.body_memory();
  ASSERT_NE(memory, nullptr);
  ASSERT_EQ(memory->put(10, "hello"), 5U);
  ASSERT_TRUE(send_shared({.offset = 10, .length = 5}, true));
  const auto frame = pair_.child.receive();
  ASSERT_TRUE(frame) << frame.error().detail;
  EXPECT_EQ(frame->type, FrameType::kResponseBody);
  EXPECT_EQ(frame->payload, "hello");
  EXPECT_TRUE(frame->is_last);
}

TEST_F(BodyMemoryTest, IsHandedOverOnce) {
  EXPECT_FALSE(pair_.child.has_body_memory());
  for (const std::string_view text : {"first", "again"}) {
    ASSERT_EQ(pair_.worker.body_memory()->put(0, text), 5U);
    ASSERT_TRUE(send_shared({.offset = 0, .length = 5}));
    EXPECT_EQ(pair_.child.receive()->payload, text);
    EXPECT_TRUE(pair_.child.has_body_memory());
  }
}

TEST_F(BodyMemoryTest, IsSeenAmongTheFramesThatCameAlong) {
  ASSERT_EQ(pair_.worker.body_memory()->put(0, "shared"), 6U);
  const auto part = wire::encode_file_part({.offset = 0, .length = 6});
  ASSERT_TRUE(pair_.worker.send(std::array{
      OutgoingFrame{.type = FrameType::kResponseBody, .payload = "before"},
      OutgoingFrame{.type = FrameType::kSharedBody, .payload = {part.data(), part.size()}},
      OutgoingFrame{.type = FrameType::kResponseBody, .payload = "behind"}}));
  const auto before = pair_.child.receive();
  EXPECT_EQ(pair_.child.peek(), FrameType::kResponseBody);
  const auto shared = pair_.child.receive();
  EXPECT_EQ(pair_.child.peek(), FrameType::kResponseBody);
  const auto behind = pair_.child.receive();
  EXPECT_EQ(before->payload, "before") << "all are valid until the next receive";
  EXPECT_EQ(shared->payload, "shared");
  EXPECT_EQ(behind->payload, "behind");
}

TEST_F(BodyMemoryTest, TakesWhatHasRoom) {
  BodyMemory* const memory = pair_.worker.body_memory();
  EXPECT_EQ(memory->put(kSize - 4, "hello"), 4U);
  EXPECT_EQ(memory->view({.offset = kSize - 4, .length = 4}), "hell");
}

TEST_F(BodyMemoryTest, IsNotHadWithoutAllowance) {
  ChannelPair other = make_channel_pair();
  EXPECT_EQ(other.worker.body_memory(), nullptr);
  other.worker.allow_body_memory(allowance_);
  ASSERT_NE(pair_.worker.body_memory(), nullptr);
  EXPECT_EQ(other.worker.body_memory(), nullptr) << "the only one is in use";
  { const Channel gone = std::move(pair_.worker); }
  EXPECT_NE(other.worker.body_memory(), nullptr) << "its channel has given it back";
}

TEST_F(BodyMemoryTest, GivesTheAllowanceBackWhenItCanNotBeMade) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  EXPECT_EQ(pair_.worker.body_memory(), nullptr);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_NE(pair_.worker.body_memory(), nullptr);
}

TEST_F(BodyMemoryTest, RefusesMemoryThatCouldVanish) {
  send_memory(make_memory(MFD_ALLOW_SEALING, kSize, F_SEAL_GROW));
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

TEST_F(BodyMemoryTest, RefusesMemoryOfAnotherSize) {
  send_memory(make_memory(MFD_ALLOW_SEALING, kSize - 1, F_SEAL_SHRINK));
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

// Its pages may turn out not to be there when they are read.
TEST_F(BodyMemoryTest, RefusesHugePages) {
  UniqueFd memory(::memfd_create("test", MFD_CLOEXEC | MFD_HUGETLB | MFD_ALLOW_SEALING));
  if (!memory) GTEST_SKIP() << "this kernel has no memfd of huge pages";
  ASSERT_EQ(::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK), 0);
  send_memory(memory);
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

TEST_F(BodyMemoryTest, RefusesAFile) {
  std::array<char, 32> path{"/tmp/warp-body-XXXXXX"};
  const UniqueFd file(::mkstemp(path.data()));
  ASSERT_EQ(::unlink(path.data()), 0);
  ASSERT_EQ(::ftruncate(file.get(), kSize), 0);
  send_memory(file);
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

TEST_F(BodyMemoryTest, RefusesASecondOne) {
  ASSERT_EQ(pair_.worker.body_memory()->put(0, "x"), 1U);
  ASSERT_TRUE(send_shared({.offset = 0, .length = 1}));
  ASSERT_TRUE(pair_.child.receive());
  send_memory(make_memory(MFD_ALLOW_SEALING, kSize, F_SEAL_SHRINK));
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

TEST_F(BodyMemoryTest, RefusesAPartOfMemoryThatHasNotCome) {
  const auto part = wire::encode_file_part({.offset = 0, .length = 1});
  const auto header =
      wire::encode_frame_header({.type = FrameType::kSharedBody, .length = part.size()});
  ASSERT_EQ(::send(pair_.worker.fd(), header.data(), header.size(), 0), ssize_t{8});
  ASSERT_EQ(::send(pair_.worker.fd(), part.data(), part.size(), 0), ssize_t{16});
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

class OutsideTest : public BodyMemoryTest, public testing::WithParamInterface<wire::FilePart> {};

TEST_P(OutsideTest, IsRefused) {
  ASSERT_NE(pair_.worker.body_memory(), nullptr);
  ASSERT_TRUE(send_shared(GetParam()));
  EXPECT_EQ(pair_.child.receive().error().code, Errc::kProtocol);
}

INSTANTIATE_TEST_SUITE_P(Parts, OutsideTest,
                         testing::Values(wire::FilePart{.offset = kSize, .length = 1},
                                         wire::FilePart{.offset = kSize - 1, .length = 2},
                                         wire::FilePart{.offset = 0, .length = kSize + 1},
                                         wire::FilePart{.offset = 1,
                                                        .length = wire::kMostFileSize - 1}));

}  // namespace
}  // namespace warp::channel
