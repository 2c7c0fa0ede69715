#include "worker/listener.hpp"

#include <poll.h>

#include <atomic>
#include <latch>

#include "channel/connector.hpp"
#include "child_side.hpp"
#include "fake_application.hpp"
#include "worker/worker_threads.hpp"

namespace warp::worker {
namespace {

using scoreboard::Scoreboard;
using wire::BodyKind;
using wire::FrameType;

bool becomes_readable(int fd) {
  pollfd entry{fd, POLLIN, 0};
  return ::poll(&entry, 1, 20'000) == 1;
}

// The listener with its threads on one side of a connector, the test as a child on the other.
class ListenerTest : public testing::Test {
 protected:
  void start(Serve serve, std::uint32_t threads = 3, std::size_t most_channels = 4096) {
    application_.emplace(std::move(serve));
    listener_ = Listener::create(connector_.worker_end.get(),
                                 {.timeouts = kTestTimeouts, .most_channels = most_channels})
                    .value();
    serving_ = std::vector<ServingThread>(threads);
    threads_.emplace(WorkerThreads::Surroundings{.application = *application_,
                                                 .listener = *listener_,
                                                 .script_watch = nullptr,
                                                 .limit = nullptr,
                                                 .threads = serving_,
                                                 .board = board_,
                                                 .slot = 0});
  }
  void start_hello() {
    start([](Exchange& exchange) { (void)answer(exchange, "hello"); });
  }
  void start_echo() {
    start([](Exchange& exchange) { (void)echo(exchange); });
  }
  void TearDown() override {
    listener_->drain();
    threads_->join();
  }
  channel::Channel open() {
    return channel::open_channel(connector_.child_end.get(), kTestTimeouts).value();
  }
  static TestResponse ask(channel::Channel& channel, const TestRequest& request,
                          std::string_view body = {}) {
    EXPECT_TRUE(send_request(channel, request));
    return receive_response(channel, body).value();
  }

  channel::Connector connector_ = channel::make_connector().value();
  Scoreboard board_ =
      Scoreboard::map(scoreboard::create_segment({.threads = 8}).value().get()).value();
  std::optional<FakeApplication> application_;
  std::unique_ptr<Listener> listener_;
  std::vector<ServingThread> serving_;
  std::optional<WorkerThreads> threads_;
};

TEST_F(ListenerTest, ServesRequestAfterRequestOnOneChannel) {
  start_hello();
  channel::Channel channel = open();
  for (int i = 0; i < 200; ++i) EXPECT_EQ(ask(channel, {}).body, "hello");
  EXPECT_EQ(listener_->channel_count(), 1U);
}

// The channels wait in the listener while the only thread is busy.
TEST_F(ListenerTest, DropsARequestWhoseChildHasGivenUpBeforeItWasStarted) {
  std::atomic<int> calls{0};
  std::latch started{1};
  std::latch release{1};
  start(
      [&](Exchange& exchange) {
        if (calls++ == 0) {
          started.count_down();
          release.wait();
        }
        (void)answer(exchange, "hello");
      },
      1);
  channel::Channel first = open();
  ASSERT_TRUE(send_request(first, {}));
  started.wait();
  {
    channel::Channel given_up = open();
    ASSERT_TRUE(send_request(given_up, {}));
  }
  channel::Channel last = open();
  ASSERT_TRUE(send_request(last, {}));
  release.count_down();
  EXPECT_EQ(receive_response(first).value().body, "hello");
  EXPECT_EQ(receive_response(last).value().body, "hello");
  EXPECT_EQ(calls, 2);
}

// A body that another thread still reads when the response ends: its last frame and the child's
// next request can come in one read, after which nothing makes an event.
TEST_F(ListenerTest, ServesARequestThatCameTogetherWithTheLastBytesOfABody) {
  std::latch ended(1);
  std::latch sent(1);
  start([&, first = std::make_shared<std::atomic<bool>>(true)](Exchange& exchange) {
    if (!first->exchange(false)) return (void)answer(exchange, "second");
    Result<std::size_t> read = 0;
    std::jthread reader([&] {
      std::array<char, 10> bytes{};
      read = exchange.body.read(bytes);
    });
    // The child is asked before the response ends, and holds its answer back until then.
    ended.wait();
    EXPECT_TRUE(answer(exchange, "first"));
    sent.count_down();
    reader.join();
    EXPECT_EQ(read, 4U);
  });
  channel::Channel channel = open();
  ASSERT_TRUE(send_request(channel, {.body = BodyKind::kUnsized}));
  EXPECT_EQ(channel.receive()->type, FrameType::kCredit);
  ended.count_down();
  sent.wait();
  const std::string head = head_payload({});
  ASSERT_TRUE(channel.send(std::array<channel::OutgoingFrame, 2>{
      {{.type = FrameType::kRequestBody, .is_last = true, .payload = "last"},
       {.type = FrameType::kRequestHead, .payload = head}}}));
  EXPECT_EQ(receive_response(channel)->body, "first");
  EXPECT_EQ(receive_response(channel)->body, "second");
}

TEST_F(ListenerTest, ServesManyChannelsAtATime) {
  start_echo();
  std::vector<std::jthread> children;
  for (int child = 0; child < 6; ++child)
    children.emplace_back([this] {
      channel::Channel channel = open();
      const std::string body(200'000, 'b');
      for (int i = 0; i < 30; ++i)
        EXPECT_EQ(
            ask(channel, {.body = BodyKind::kSized, .body_length = body.size()}, body).body.size(),
            body.size());
    });
}

TEST_F(ListenerTest, ForgetsAChannelThatItsChildCloses) {
  start_hello();
  { channel::Channel channel = open(); }
  channel::Channel next = open();
  EXPECT_EQ(ask(next, {}).body, "hello");
  std::optional<channel::Channel> last = open();
  last.reset();
  while (listener_->channel_count() > 1) std::this_thread::yield();
}

TEST_F(ListenerTest, ClosesAChannelWithGarbageAndServesTheOthers) {
  start_hello();
  channel::Channel bad = open();
  channel::Channel good = open();
  ASSERT_EQ(::send(bad.fd(), "garbage!", 8, 0), 8);
  EXPECT_FALSE(bad.receive());
  EXPECT_EQ(ask(good, {}).body, "hello");
}

TEST_F(ListenerTest, RejectsChannelsPastTheBound) {
  start([](Exchange& exchange) { (void)answer(exchange, "hello"); }, 2, 1);
  channel::Channel first = open();
  EXPECT_EQ(ask(first, {}).body, "hello");
  channel::Channel second = open();
  const auto frame = second.receive();
  EXPECT_TRUE(frame && frame->type == FrameType::kRejected);
}

TEST_F(ListenerTest, SurvivesOffersWithoutDescriptor) {
  start_hello();
  ASSERT_EQ(::send(connector_.child_end.get(), "WRP\1", 4, 0), 4);
  channel::Channel channel = open();
  EXPECT_EQ(ask(channel, {}).body, "hello");
}

TEST_F(ListenerTest, TellsWhenNoChildIsLeft) {
  start_hello();
  connector_.child_end.reset();
  EXPECT_TRUE(becomes_readable(listener_->connector_closed_event()));
}

TEST_F(ListenerTest, LeavesOffersForTheNextWorkerWhenItDrains) {
  start_hello();
  listener_->drain();
  threads_->join();
  channel::Channel channel = open();
  ASSERT_TRUE(send_request(channel, {}));
  start_hello();
  EXPECT_EQ(receive_response(channel).value().body, "hello");
}

TEST_F(ListenerTest, ClosesIdleChannelsWhenItDrains) {
  start_hello();
  channel::Channel channel = open();
  (void)ask(channel, {});
  listener_->drain();
  EXPECT_EQ(channel.receive().error().code, Errc::kClosed);
  EXPECT_EQ(send_request(channel, {}).error().code, Errc::kClosed);
}

TEST_F(ListenerTest, FinishesARunningRequestWithItsBodyWhenItDrains) {
  std::latch started(1);
  start([&](Exchange& exchange) {
    started.count_down();
    (void)echo(exchange);
  });
  channel::Channel channel = open();
  ASSERT_TRUE(send_request(channel, {.body = BodyKind::kSized, .body_length = 100'000}));
  started.wait();
  listener_->drain();
  EXPECT_EQ(receive_response(channel, std::string(100'000, 'z')).value().body.size(), 100'000U);
  EXPECT_EQ(channel.receive().error().code, Errc::kClosed);
}

// One thread, held by a first request, so that what else arrives is waiting when the drain begins.
class BusyListenerTest : public ListenerTest {
 protected:
  void start_and_hold() {
    start(
        [this](Exchange& exchange) {
          started_.count_down();
          release_.wait();
          (void)answer(exchange, "hello");
        },
        1);
    first_.emplace(open());
    waiting_.emplace(open());
    ASSERT_TRUE(send_request(*first_, {}));
    started_.wait();
  }
  std::latch started_{1};
  std::latch release_{1};
  std::optional<channel::Channel> first_;
  std::optional<channel::Channel> waiting_;
};

TEST_F(BusyListenerTest, ServesWhatHasArrivedWhenItDrains) {
  start_and_hold();
  ASSERT_TRUE(send_request(*waiting_, {}));
  listener_->drain();
  EXPECT_FALSE(send_request(*waiting_, {}));
  release_.count_down();
  EXPECT_EQ(receive_response(*first_).value().body, "hello");
  EXPECT_EQ(receive_response(*waiting_).value().body, "hello");
  EXPECT_EQ(waiting_->receive().error().code, Errc::kClosed);
}

TEST_F(BusyListenerTest, RejectsWhatWouldNeedCreditWhenItDrains) {
  start_and_hold();
  ASSERT_TRUE(send_request(*waiting_, {.body = BodyKind::kSized, .body_length = 9}));
  listener_->drain();
  release_.count_down();
  EXPECT_EQ(receive_response(*waiting_).value().last, FrameType::kRejected);
}

TEST_F(BusyListenerTest, TurnsAwayWhatNoThreadHasTaken) {
  start_and_hold();
  ASSERT_TRUE(send_request(*waiting_, {}));
  listener_->drain();
  listener_->turn_away_waiting();
  EXPECT_EQ(receive_response(*waiting_).value().last, FrameType::kRejected);
  release_.count_down();
  EXPECT_EQ(receive_response(*first_).value().body, "hello");
}

TEST_F(ListenerTest, LosesNoRequestWhenItDrainsUnderLoad) {
  for (int round = 0; round < 20; ++round) {
    start_hello();
    std::atomic<int> answered{0};
    std::vector<std::jthread> children;
    for (int child = 0; child < 3; ++child) {
      channel::Channel opened = open();
      // Now the listener has it: an offer that it has not taken would wait for the next round.
      (void)ask(opened, {});
      children.emplace_back([&, channel = std::move(opened)]() mutable {
        while (send_request(channel, {})) {
          const auto response = receive_response(channel);
          // Sent whole means answered.
          ASSERT_TRUE(response) << describe(response.error());
          EXPECT_TRUE(response->body == "hello" || response->last == FrameType::kRejected);
          ++answered;
        }
      });
    }
    while (answered < 50) std::this_thread::yield();
    listener_->drain();
    children.clear();
    threads_->join();
  }
  start_hello();
}

TEST_F(ListenerTest, SendsASmallResponseInOneWrite) {
  start_hello();
  channel::Channel channel = open();
  ASSERT_TRUE(send_request(channel, {}));
  std::array<char, 4096> bytes{};
  const ssize_t first = ::recv(channel.fd(), bytes.data(), bytes.size(), 0);
  wire::FrameDecoder decoder(wire::Receiver::kChild);
  const auto space = decoder.space();
  std::copy_n(bytes.begin(), first, space.begin());
  decoder.filled(static_cast<std::size_t>(first));
  EXPECT_FALSE(decoder.next().value()->is_last);
  EXPECT_TRUE(decoder.next().value()->is_last);
}

}  // namespace
}  // namespace warp::worker
