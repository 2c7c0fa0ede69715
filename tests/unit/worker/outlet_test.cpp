// Several threads of one request on its channel: whole frames, an end, and no wait without one.
#include "worker/outlet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "child_side.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using wire::FrameType;

channel::OutgoingFrame body_frame(std::string_view payload) {
  return {.type = FrameType::kResponseBody, .payload = payload};
}

TEST(Outlet, KeepsTheFramesOfManyThreadsWhole) {
  constexpr std::size_t kThreads = 4;
  constexpr int kFrames = 60;
  ChannelPair pair = make_channel_pair();
  Outlet outlet(pair.worker);
  std::vector<std::jthread> threads;
  for (std::size_t thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&outlet, thread] {
      // Larger than the socket's buffer takes at once, and of another size for each thread.
      const std::string payload(30'000 * (thread + 1), static_cast<char>('a' + thread));
      for (int i = 0; i < kFrames; ++i) ASSERT_TRUE(outlet.send(body_frame(payload)));
    });
  std::array<int, kThreads> received{};
  for (std::size_t i = 0; i < kThreads * kFrames; ++i) {
    const auto frame = pair.child.receive();
    ASSERT_TRUE(frame) << frame.error().detail;
    const auto thread = static_cast<std::size_t>(frame->payload.front() - 'a');
    ASSERT_LT(thread, kThreads);
    ASSERT_EQ(frame->payload, std::string(30'000 * (thread + 1), frame->payload.front()));
    ++received.at(thread);
  }
  for (const int count : received) EXPECT_EQ(count, kFrames);
}

TEST(Outlet, SendsNothingAfterTheEnd) {
  ChannelPair pair = make_channel_pair();
  Outlet outlet(pair.worker);
  ASSERT_TRUE(outlet.send({.type = FrameType::kResponseBody, .is_last = true}));
  EXPECT_EQ(outlet.send(body_frame("late")).error().code, Errc::kClosed);
  ASSERT_TRUE(pair.child.receive());
  EXPECT_EQ(pair.child.try_receive(), std::nullopt);
}

TEST(Outlet, SendsNothingAfterABrokenResponse) {
  ChannelPair pair = make_channel_pair();
  Outlet outlet(pair.worker);
  ASSERT_TRUE(outlet.send({.type = FrameType::kBroken}));
  EXPECT_EQ(outlet.send(body_frame("late")).error().code, Errc::kClosed);
}

// The stream may have stopped within a frame.
TEST(Outlet, SendsNothingAfterAFailure) {
  ChannelPair pair = make_channel_pair({.receive = 20s, .send = 20ms});
  Outlet outlet(pair.worker);
  const std::string large(wire::kMaxBodyPayload, 'b');
  Result<> sent;
  for (int i = 0; i < 100 && sent; ++i) sent = outlet.send(body_frame(large));
  ASSERT_EQ(sent.error().code, Errc::kTimeout);
  while (*pair.child.try_receive()) continue;
  EXPECT_EQ(outlet.send(body_frame("more")).error().code, Errc::kTimeout);
  EXPECT_EQ(pair.child.try_receive(), std::nullopt);
}

TEST(Outlet, LetsNobodyWaitLongerThanAnothersTimeout) {
  constexpr auto kTimeout = 300ms;
  ChannelPair pair = make_channel_pair({.receive = 20s, .send = kTimeout});
  Outlet outlet(pair.worker);
  const std::string large(wire::kMaxBodyPayload, 'b');
  const auto send_until_failure = [&] {
    Result<> sent;
    while (sent) sent = outlet.send(body_frame(large));
    return sent.error().code;
  };
  const auto begin = Clock::now();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { EXPECT_EQ(send_until_failure(), Errc::kTimeout); });
  threads.clear();
  // The thread that sends may wait twice, for the first and for the rest of a frame; the others
  // learn of its failure instead of trying in turn.
  EXPECT_LT(Clock::now() - begin, 5 * kTimeout);
}

// One large body must not keep a credit or a log record from leaving.
TEST(Outlet, LetsAWaitingThreadGoBeforeTheNextPieceOfAnother) {
  constexpr std::size_t kRecords = 20;
  ChannelPair pair = make_channel_pair();
  Outlet outlet(pair.worker);
  std::atomic<std::size_t> asked{0};
  std::atomic<std::size_t> done{0};
  std::array<int, kRecords> pieces_meanwhile{};
  std::jthread bulk([&] {
    const std::string large(wire::kMaxBodyPayload, 'b');
    while (done < kRecords) {
      if (const std::size_t record = done; record < asked) ++pieces_meanwhile.at(record);
      ASSERT_TRUE(outlet.send(body_frame(large)));
    }
    ASSERT_TRUE(outlet.send({.type = FrameType::kResponseBody, .is_last = true}));
  });
  std::jthread other([&] {
    for (std::size_t i = 0; i < kRecords; ++i) {
      ++asked;
      ASSERT_TRUE(outlet.send({.type = FrameType::kLog, .payload = "\3x"}));
      ++done;
    }
  });
  while (!pair.child.receive().value().is_last) continue;
  bulk.join();
  // A record waits for the piece that is being sent, and perhaps for the next one. Most of them: a
  // thread can be stopped between two lines.
  EXPECT_GT(std::count_if(pieces_meanwhile.begin(), pieces_meanwhile.end(),
                          [](int pieces) { return pieces <= 3; }),
            std::ptrdiff_t{kRecords} / 2);
}

TEST(Outlet, TellsThatTheReaderIsGone) {
  ChannelPair pair = make_channel_pair();
  Outlet outlet(pair.worker);
  pair.child = make_channel_pair().child;
  EXPECT_EQ(outlet.send(body_frame("x")).error().code, Errc::kClosed);
}

}  // namespace
}  // namespace warp::worker
