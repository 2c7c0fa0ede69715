#include "worker/serving_thread.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <future>
#include <thread>

#include "child_side.hpp"
#include "worker/request_body.hpp"
#include "worker/response.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;
using Clock = ServingThread::Clock;

// What CLOCK_MONOTONIC_COARSE may be behind.
constexpr auto kTick = 15ms;

TEST(ServingThread, HasNoRequestAtFirstAndAfterItsEnd) {
  ServingThread thread;
  EXPECT_FALSE(thread.request());
  thread.begin(7, "id");
  EXPECT_TRUE(thread.request());
  thread.end();
  EXPECT_FALSE(thread.request());
}

TEST(ServingThread, IsKnownByItsHandle) {
  ServingThread thread;
  thread.enter();
  EXPECT_EQ(thread.handle(), static_cast<std::uint64_t>(::pthread_self()));
}

TEST(ServingThread, KeepsTheStartOfALongId) {
  ServingThread thread;
  thread.begin(7, std::string(100, 'x'));
  EXPECT_EQ(thread.request()->id, std::string(ServingThread::kLongestId, 'x'));
  thread.begin(8, "y");
  EXPECT_EQ(thread.request()->id, "y");
}

TEST(ServingThread, IsSilentSinceTheBeginning) {
  ServingThread thread;
  const auto before = Clock::now() - kTick;
  thread.begin(7, "id");
  EXPECT_GE(thread.request()->silent_since, before);
  EXPECT_LE(thread.request()->silent_since, Clock::now());
}

TEST(ServingThread, IsNotSilentWhileTheOtherSideHasItsTurn) {
  ServingThread thread;
  thread.begin(7, "id");
  {
    const ServingThread::OthersTurn outer(&thread);
    { const ServingThread::OthersTurn inner(&thread); }
    const auto now = Clock::now();
    EXPECT_GE(thread.request()->silent_since, now);
  }
  const auto now = Clock::now();
  EXPECT_LT(thread.request()->silent_since, now);
}

TEST(ServingThread, ShowsSinceWhenItIsSilent) {
  std::atomic<std::int64_t> shown{0};
  const auto since = [&] { return Clock::time_point(std::chrono::nanoseconds(shown.load())); };
  ServingThread thread;
  thread.enter(&shown);
  thread.begin(7, "id");
  EXPECT_EQ(since(), thread.request()->silent_since);
  {
    const ServingThread::OthersTurn outer(&thread);
    EXPECT_EQ(shown, 0);
    { const ServingThread::OthersTurn inner(&thread); }
    EXPECT_EQ(shown, 0) << "another one lasts";
  }
  EXPECT_EQ(since(), thread.request()->silent_since);
  thread.end();
  EXPECT_EQ(shown, 0);
}

class SilenceTest : public testing::Test {
 protected:
  // Long enough after the beginning for a change to show.
  void begin() {
    thread_.begin(7, "id");
    began_ = thread_.request()->silent_since;
    std::promise<void> never;
    never.get_future().wait_for(kTick);
  }
  [[nodiscard]] bool has_gone_on() const { return thread_.request()->silent_since > began_; }

  ChannelPair pair_ = make_channel_pair();
  ServingThread thread_;
  Outlet outlet_{pair_.worker, &thread_};
  Clock::time_point began_;
};

TEST_F(SilenceTest, EndsWithAPieceOfTheResponse) {
  Response response(outlet_);
  ASSERT_TRUE(response.set_head({.status = 200, .reason = "", .fields = {}}));
  begin();
  EXPECT_FALSE(has_gone_on());
  ASSERT_TRUE(response.write("piece", Last::kNo));
  EXPECT_TRUE(has_gone_on());
}

TEST_F(SilenceTest, DoesNotEndWithALogRecord) {
  begin();
  ASSERT_TRUE(outlet_.send({.type = wire::FrameType::kLog, .payload = "\3text"}));
  EXPECT_FALSE(has_gone_on());
}

TEST_F(SilenceTest, IsTheClientsWhileTheBodyIsWaitedFor) {
  wire::RequestHead head;
  head.body = wire::BodyKind::kUnsized;
  RequestBody body(pair_.worker, outlet_, head, {}, &thread_);
  begin();
  std::jthread reader([&] {
    char byte = 0;
    EXPECT_EQ(body.read(std::span(&byte, 1)).value(), 0U);
  });
  // The credit has been sent: the reader is about to wait, or waits.
  ASSERT_EQ(pair_.child.receive()->type, wire::FrameType::kCredit);
  const auto now = Clock::now();
  EXPECT_GE(thread_.request()->silent_since, now);
  ASSERT_TRUE(pair_.child.send({.type = wire::FrameType::kRequestBody, .is_last = true}));
  reader.join();
  EXPECT_TRUE(has_gone_on());
}

}  // namespace
}  // namespace warp::worker
