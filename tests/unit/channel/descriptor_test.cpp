// Descriptors across a channel: given to the right frame, and every other way refused and closed.
#include "channel/descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "channel/connector.hpp"
#include "unit/channel/channel_pair.hpp"
#include "unit/open_descriptors.hpp"
#include "wire/file_part.hpp"

namespace warp::channel {
namespace {

using std::chrono::milliseconds;
using wire::FrameType;

constexpr std::string_view kPart("\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0", wire::kFilePartSize);

std::string frame(FrameType type, std::string_view payload) {
  const auto header = wire::encode_frame_header(
      {.type = type, .length = static_cast<std::uint32_t>(payload.size())});
  return std::string(header.begin(), header.end()) + std::string(payload);
}

ino_t inode_of(int fd) {
  struct stat status {};
  EXPECT_EQ(::fstat(fd, &status), 0);
  return status.st_ino;
}

void send_with(int socket, std::string bytes, const std::vector<int>& descriptors) {
  const std::size_t size = descriptors.size() * sizeof(int);
  std::vector<char> control(CMSG_SPACE(size));
  iovec piece{.iov_base = bytes.data(), .iov_len = bytes.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(size);
  std::memcpy(CMSG_DATA(header), descriptors.data(), size);
  ASSERT_EQ(::sendmsg(socket, &message, 0), static_cast<ssize_t>(bytes.size()));
}

// A program that speaks the protocol wrongly, on the worker's end.
class DescriptorTest : public testing::Test {
 protected:
  void SetUp() override { before_ = open_descriptors(); }
  void TearDown() override {
    pair_.reset();
    EXPECT_EQ(open_descriptors(), before_);
  }
  void open() {
    pair_.emplace(make_channel_pair({.receive = milliseconds(200), .send = milliseconds(200)}));
    ASSERT_TRUE(file_);
  }
  void send_raw(std::string bytes, const std::vector<int>& descriptors) {
    send_with(pair_->worker.fd(), std::move(bytes), descriptors);
  }
  Result<> send_file(wire::FrameType before = FrameType::kResponseFile) {
    const OutgoingFrame file{
        .type = FrameType::kResponseFile, .payload = kPart, .descriptor = file_.get()};
    if (before == FrameType::kResponseFile) return pair_->worker.send(file);
    return pair_->worker.send(std::array{OutgoingFrame{.type = before, .payload = head_}, file});
  }
  Errc received_error() {
    const auto frame = pair_->child.receive();
    EXPECT_FALSE(frame);
    return frame ? Errc::kInternal : frame.error().code;
  }
  void expect_file() {
    const auto frame = pair_->child.receive();
    ASSERT_TRUE(frame) << frame.error().detail;
    ASSERT_EQ(frame->type, FrameType::kResponseFile);
    const UniqueFd received = pair_->child.take_descriptor();
    ASSERT_TRUE(received);
    EXPECT_EQ(inode_of(received.get()), inode_of(file_.get()));
    EXPECT_EQ(::fcntl(received.get(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
  }

  UniqueFd file_{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
  std::string head_ = "head";
  std::ptrdiff_t before_ = 0;
  std::optional<ChannelPair> pair_;
};

TEST_F(DescriptorTest, ComesWithItsFrame) {
  open();
  ASSERT_TRUE(send_file());
  expect_file();
  EXPECT_TRUE(pair_->child.is_at_boundary());
}

TEST_F(DescriptorTest, ComesWithItsFrameBehindAHead) {
  open();
  ASSERT_TRUE(send_file(FrameType::kResponseHead));
  EXPECT_EQ(pair_->child.receive()->type, FrameType::kResponseHead);
  EXPECT_FALSE(pair_->child.take_descriptor());
  EXPECT_FALSE(pair_->child.is_at_boundary());
  expect_file();
}

// Longer than the socket's buffer and the decoder's: it goes in pieces, the descriptor with the
// first.
TEST_F(DescriptorTest, ComesWithItsFrameBehindALargeHead) {
  head_.assign(wire::kMaxResponseHead, 'h');
  open();
  std::jthread worker([this] { EXPECT_TRUE(send_file(FrameType::kResponseHead)); });
  EXPECT_EQ(pair_->child.receive()->payload.size(), wire::kMaxResponseHead);
  expect_file();
}

TEST_F(DescriptorTest, ComesWithItsFrameAmongOthers) {
  open();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pair_->worker.send({.type = FrameType::kLog, .payload = "\3before"}));
    ASSERT_TRUE(send_file());
  }
  ASSERT_TRUE(pair_->worker.send({.type = FrameType::kLog, .payload = "\3after"}));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(pair_->child.receive()->type, FrameType::kLog);
    expect_file();
  }
  EXPECT_EQ(pair_->child.receive()->payload, "\3after");
}

TEST_F(DescriptorTest, ComesWithTheFirstByteOfItsFrame) {
  open();
  const std::string bytes = frame(FrameType::kResponseFile, kPart);
  send_raw(bytes.substr(0, 1), {file_.get()});
  EXPECT_EQ(pair_->child.try_receive(), std::nullopt);
  EXPECT_FALSE(pair_->child.is_at_boundary());
  ASSERT_EQ(::send(pair_->worker.fd(), bytes.data() + 1, bytes.size() - 1, 0),
            static_cast<ssize_t>(bytes.size() - 1));
  expect_file();
}

TEST_F(DescriptorTest, IsClosedByTheNextReceiveWhenNobodyTookIt) {
  open();
  ASSERT_TRUE(send_file());
  ASSERT_TRUE(pair_->worker.send({.type = FrameType::kLog, .payload = "\3text"}));
  ASSERT_EQ(pair_->child.receive()->type, FrameType::kResponseFile);
  const std::ptrdiff_t with_file = open_descriptors();
  ASSERT_TRUE(pair_->child.receive());
  EXPECT_EQ(open_descriptors(), with_file - 1);
  EXPECT_FALSE(pair_->child.take_descriptor());
}

TEST_F(DescriptorTest, MissingIsAViolation) {
  open();
  const std::string bytes = frame(FrameType::kResponseFile, kPart);
  ASSERT_GT(::send(pair_->worker.fd(), bytes.data(), bytes.size(), 0), 0);
  EXPECT_EQ(received_error(), Errc::kProtocol);
}

TEST_F(DescriptorTest, WithAFrameThatCarriesNoneIsAViolation) {
  for (const FrameType type : {FrameType::kResponseBody, FrameType::kLog, FrameType::kInterim}) {
    open();
    send_raw(frame(type, "\3text"), {file_.get()});
    EXPECT_EQ(received_error(), Errc::kProtocol);
  }
}

TEST_F(DescriptorTest, WithABodyFrameBeforeAFileIsAViolation) {
  open();
  send_raw(frame(FrameType::kResponseBody, "x"), {file_.get()});
  ASSERT_TRUE(send_file());
  EXPECT_EQ(received_error(), Errc::kProtocol);
}

TEST_F(DescriptorTest, OnlyWithTheSecondOfTwoFileFramesIsAViolation) {
  open();
  const std::string bytes = frame(FrameType::kResponseFile, kPart);
  ASSERT_GT(::send(pair_->worker.fd(), bytes.data(), bytes.size(), 0), 0);
  send_raw(bytes, {file_.get()});
  EXPECT_EQ(received_error(), Errc::kProtocol);
}

TEST_F(DescriptorTest, SurplusOnesAreAViolation) {
  for (const std::size_t count : {2U, 3U, 200U}) {
    open();
    send_raw(frame(FrameType::kResponseFile, kPart), std::vector<int>(count, file_.get()));
    EXPECT_EQ(received_error(), Errc::kProtocol);
  }
}

TEST_F(DescriptorTest, OneForEachHalfOfAFrameIsAViolation) {
  open();
  const std::string bytes = frame(FrameType::kResponseFile, kPart);
  send_raw(bytes.substr(0, 10), {file_.get()});
  send_raw(bytes.substr(10), {file_.get()});
  EXPECT_EQ(received_error(), Errc::kProtocol);
}

TEST_F(DescriptorTest, IsClosedWithTheChannelThatWaitsForItsFrame) {
  open();
  send_raw(std::string(1, '\1'), {file_.get()});
  EXPECT_EQ(pair_->child.try_receive(), std::nullopt);
}

TEST_F(DescriptorTest, IsDroppedByAWorker) {
  open();
  const std::ptrdiff_t open_before = open_descriptors();
  send_with(pair_->child.fd(), frame(FrameType::kRequestBody, "x"), {file_.get()});
  EXPECT_EQ(pair_->worker.receive()->payload, "x");
  EXPECT_EQ(open_descriptors(), open_before);
}

TEST_F(DescriptorTest, ThatThisProcessHasNoRoomForIsAnError) {
  open();
  ASSERT_TRUE(send_file());
  rlimit saved{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &saved), 0);
  const rlimit none{.rlim_cur = 3, .rlim_max = saved.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  const Errc code = received_error();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &saved), 0);
  EXPECT_EQ(code, Errc::kSystem);
}

TEST(Offer, OfTwoDescriptorsIsRefusedAndBothAreClosed) {
  const Connector connector = make_connector().value();
  const std::ptrdiff_t before = open_descriptors();
  send_with(connector.child_end.get(), "WRP\1", {0, 0});
  EXPECT_EQ(accept_channel(connector.worker_end.get(), {}).error().code, Errc::kProtocol);
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace warp::channel
