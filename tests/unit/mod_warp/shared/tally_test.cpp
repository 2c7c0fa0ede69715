#include "mod_warp/shared/tally.hpp"

#include <gmock/gmock.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <numeric>
#include <thread>
#include <vector>

namespace warp {
namespace {

using std::chrono::microseconds;

Tally make_tally() { return Tally::map(Tally::create()->get()).value(); }

constexpr FinishedRequest kGet{.method = core::MethodClass::kGet,
                               .status = core::StatusClass::k2xx,
                               .response_bytes = 10,
                               .total = microseconds(3'000),
                               .queue = microseconds(1'000),
                               .application = microseconds(1'001)};

TEST(Tally, CountsARequestByMethodStatusAndTimes) {
  const Tally tally = make_tally();
  tally.count(kGet);
  const core::TallyTotals totals = tally.totals();
  EXPECT_EQ(totals.requests[0][1], 1U);
  EXPECT_EQ(totals.response_bytes, 10U);
  EXPECT_EQ(totals.queue.buckets[0], 1U) << "a bucket's end belongs to it";
  EXPECT_EQ(totals.application.buckets[1], 1U);
  EXPECT_EQ(totals.total.sum, 3'000U);
}

TEST(Tally, HasABucketForWhatTakesLongest) {
  const Tally tally = make_tally();
  FinishedRequest slow = kGet;
  slow.total = std::chrono::hours(1000);
  tally.count(slow);
  EXPECT_EQ(tally.totals().total.buckets.back(), 1U);
}

// The clock of httpd's times can be set back.
TEST(Tally, TakesATimeBelowZeroForZero) {
  const Tally tally = make_tally();
  FinishedRequest early = kGet;
  early.total = microseconds(-5);
  tally.count(early);
  EXPECT_EQ(tally.totals().total.buckets[0], 1U);
  EXPECT_EQ(tally.totals().total.sum, 0U);
}

TEST(Tally, CountsNoApplicationTimeForARequestThatNoWorkerHad) {
  const Tally tally = make_tally();
  FinishedRequest refused = kGet;
  refused.application.reset();
  tally.count(refused);
  const auto& buckets = tally.totals().application.buckets;
  EXPECT_EQ(std::accumulate(buckets.begin(), buckets.end(), 0U), 0U);
}

TEST(Tally, CountsEventsApart) {
  const Tally tally = make_tally();
  tally.count(core::TallyEvent::kRetry);
  tally.count(core::TallyEvent::kClientGone);
  tally.count(core::TallyEvent::kClientGone);
  EXPECT_THAT(tally.totals().events, testing::ElementsAre(1, 0, 0, 0, 0, 0, 0, 0, 2));
}

TEST(Tally, LosesNothingWhenManyThreadsCount) {
  constexpr unsigned kThreads = 8;
  constexpr unsigned kEach = 5'000;
  const Tally tally = make_tally();
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (unsigned n = 0; n < kEach; ++n) tally.count(kGet);
    });
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(tally.totals().requests[0][1], kThreads * kEach);
  EXPECT_EQ(tally.totals().response_bytes, kThreads * kEach * 10);
}

TEST(Tally, KeepsWhatADeadProcessHasCounted) {
  const UniqueFd memory = Tally::create().value();
  const pid_t child = ::fork();
  if (child == 0) {
    const auto tally = Tally::map(memory.get());
    if (tally) tally->count(kGet);
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(Tally::map(memory.get())->totals().requests[0][1], 1U);
}

TEST(Tally, IsNotTakenForOneOfAnotherSize) {
  const UniqueFd memory(::memfd_create("test", MFD_CLOEXEC));
  ASSERT_EQ(::ftruncate(memory.get(), 64), 0);
  EXPECT_EQ(Tally::map(memory.get()).error().code, Errc::kProtocol);
}

TEST(Tally, CannotBeShrunkUnderAMapping) { EXPECT_EQ(::ftruncate(Tally::create()->get(), 0), -1); }

}  // namespace
}  // namespace warp
