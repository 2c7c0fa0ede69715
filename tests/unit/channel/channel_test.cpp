#include "channel/channel.hpp"

#include <gmock/gmock.h>
#include <poll.h>

#include <string>
#include <thread>

#include "unit/channel/channel_pair.hpp"

namespace warp::channel {
namespace {

using std::chrono::milliseconds;
using wire::FrameType;

TEST(Channel, SendsSeveralFramesAtOnce) {
  ChannelPair pair = make_channel_pair();
  const std::array<OutgoingFrame, 2> frames = {
      {{.type = FrameType::kRequestHead, .payload = "head"},
       {.type = FrameType::kRequestBody, .is_last = true, .payload = "body"}}};
  ASSERT_TRUE(pair.child.send(frames));
  EXPECT_EQ(pair.worker.receive()->payload, "head");
  EXPECT_FALSE(pair.worker.is_at_boundary());
  const auto body = pair.worker.receive();
  EXPECT_EQ(body->payload, "body");
  EXPECT_TRUE(body->is_last);
  EXPECT_TRUE(pair.worker.is_at_boundary());
}

TEST(Channel, TryReceiveDoesNotWait) {
  ChannelPair pair = make_channel_pair();
  const auto nothing = pair.worker.try_receive();
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(*nothing);
}

TEST(Channel, ReceiveEndsAtItsTimeout) {
  ChannelPair pair = make_channel_pair({.receive = milliseconds(20), .send = milliseconds(20)});
  EXPECT_EQ(pair.child.receive().error().code, Errc::kTimeout);
}

TEST(Channel, SendEndsAtItsTimeoutWhenNobodyReads) {
  ChannelPair pair = make_channel_pair({.receive = milliseconds(20), .send = milliseconds(20)});
  const std::string body(wire::kMaxBodyPayload, 'b');
  Result<> sent;
  // The socket's buffer takes some frames; a bounded number fills it.
  for (int i = 0; i < 100 && sent; ++i)
    sent = pair.worker.send({.type = FrameType::kResponseBody, .payload = body});
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, Errc::kTimeout);
}

TEST(Channel, SendContinuesAfterAPartialWrite) {
  ChannelPair pair = make_channel_pair();
  const std::string body(wire::kMaxBodyPayload, 'b');
  std::jthread reader([&] {
    for (int i = 0; i < 20; ++i) EXPECT_EQ(pair.child.receive()->payload, body);
  });
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(pair.worker.send({.type = FrameType::kResponseBody, .payload = body}));
}

TEST(Channel, GivesWhatCameAlongWithoutLookingForMore) {
  ChannelPair pair = make_channel_pair();
  const OutgoingFrame frame{.type = FrameType::kResponseBody, .payload = "body"};
  ASSERT_TRUE(pair.worker.send(std::array{frame, frame}));
  const auto first = pair.child.receive();
  ASSERT_TRUE(pair.worker.send(frame));
  const auto second = pair.child.next_held();
  ASSERT_TRUE(second && *second);
  EXPECT_EQ(pair.child.next_held(), std::nullopt) << "the third would take a system call";
  EXPECT_EQ((**second).payload, "body");
  EXPECT_EQ(first->payload, "body") << "both are valid until the next receive";
  EXPECT_TRUE(pair.child.receive());
}

TEST(Channel, ReceiveEndsAtItsTimeoutAlsoBetweenTheFramesOfAnAnswer) {
  ChannelPair pair = make_channel_pair({.receive = milliseconds(20), .send = milliseconds(20)});
  ASSERT_TRUE(pair.child.send({.type = FrameType::kRequestHead, .payload = "head"}));
  EXPECT_EQ(pair.child.receive().error().code, Errc::kTimeout);
  ASSERT_TRUE(pair.worker.send({.type = FrameType::kResponseBody, .payload = "part"}));
  ASSERT_TRUE(pair.child.receive());
  EXPECT_EQ(pair.child.receive().error().code, Errc::kTimeout);
  EXPECT_EQ(pair.worker.receive()->payload, "head");
  EXPECT_EQ(pair.worker.receive().error().code, Errc::kTimeout);
}

// Each byte ends the silence, but not the patience.
TEST(Channel, AFrameThatComesInDribsIsGivenUpInTime) {
  ChannelPair pair = make_channel_pair({.receive = milliseconds(100), .send = milliseconds(100)});
  const auto header =
      wire::encode_frame_header({.type = FrameType::kResponseBody, .length = 100'000});
  ASSERT_EQ(::send(pair.worker.fd(), header.data(), header.size(), 0), ssize_t{8});
  std::jthread worker([&](const std::stop_token& stop) {
    pollfd nothing{.fd = -1, .events = 0, .revents = 0};
    while (!stop.stop_requested()) {
      ::send(pair.worker.fd(), "x", 1, MSG_NOSIGNAL);
      ::poll(&nothing, 1, 5);
    }
  });
  EXPECT_EQ(pair.child.receive().error().code, Errc::kTimeout);
}

TEST(Channel, EndBetweenFramesIsClosed) {
  ChannelPair pair = make_channel_pair();
  { const Channel gone = std::move(pair.worker); }
  EXPECT_EQ(pair.child.receive().error().code, Errc::kClosed);
  EXPECT_EQ(pair.child.send({.type = FrameType::kRequestAbort}).error().code, Errc::kClosed);
}

TEST(Channel, EndWithinAFrameIsAViolation) {
  ChannelPair pair = make_channel_pair();
  ASSERT_EQ(::send(pair.worker.fd(), "\x01\x06\x00", 3, 0), 3);
  { const Channel gone = std::move(pair.worker); }
  EXPECT_EQ(pair.child.receive().error().code, Errc::kProtocol);
}

TEST(Channel, GarbageIsAViolation) {
  ChannelPair pair = make_channel_pair();
  ASSERT_EQ(::send(pair.worker.fd(), "HTTP/1.1 200 OK\r\n", 17, 0), 17);
  EXPECT_EQ(pair.child.receive().error().code, Errc::kProtocol);
}

// PROTOCOL.md, "The way of a request": this split between arrived and surely not started is what
// makes a drain lossless.
TEST(Channel, AReceiverThatShutsDownStillGetsWhatHadArrived) {
  ChannelPair pair = make_channel_pair();
  ASSERT_TRUE(pair.child.send({.type = FrameType::kRequestHead, .payload = "arrived"}));
  ASSERT_EQ(::shutdown(pair.worker.fd(), SHUT_RD), 0);
  EXPECT_EQ(pair.child.send({.type = FrameType::kRequestHead, .payload = "late"}).error().code,
            Errc::kClosed);
  EXPECT_EQ(pair.worker.receive()->payload, "arrived");
  EXPECT_EQ(pair.worker.receive().error().code, Errc::kClosed);
  ASSERT_TRUE(
      pair.worker.send({.type = FrameType::kResponseBody, .is_last = true, .payload = "answer"}));
  EXPECT_EQ(pair.child.receive()->payload, "answer");
}

}  // namespace
}  // namespace warp::channel
