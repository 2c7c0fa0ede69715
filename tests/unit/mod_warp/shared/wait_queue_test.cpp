#include "mod_warp/shared/wait_queue.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <mutex>
#include <thread>
#include <vector>

#include "unit/mod_warp/shared/ledger_memory.hpp"

namespace warp {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

const std::int32_t kSelf = ::getpid();

class WaitQueueTest : public testing::Test {
 protected:
  std::uint32_t enter(int rank, bool is_new = true) {
    const auto ticket = queue_.enter(
        {.at = Clock::time_point(milliseconds(rank)), .avoided = {}, .is_new = is_new}, kSelf);
    EXPECT_TRUE(ticket);
    return ticket.value_or(0);
  }
  void fill() {
    while (const auto place = least_loaded(ledger_, kTwoByTwo))
      ASSERT_TRUE(ledger_.places().take(*place, kSelf));
  }
  void free(std::uint32_t slot, std::uint32_t index) {
    ledger_.places().give_back({.slot = slot, .index = index});
    serve(ledger_, kTwoByTwo);
  }

  Ledger ledger_ = make_ledger(kTwoByTwo);
  WaitQueue queue_ = ledger_.queue();
};

TEST_F(WaitQueueTest, ServesWhoComesWhenThereIsRoom) {
  const std::uint32_t ticket = enter(1);
  EXPECT_TRUE(queue_.is_anyone_waiting());
  serve(ledger_, kTwoByTwo, ticket);
  ASSERT_TRUE(queue_.is_served(ticket));
  const Place place = queue_.take(ticket, kSelf);
  EXPECT_EQ(ledger_.places().at(place).holder.load(), kSelf);
  EXPECT_FALSE(queue_.is_anyone_waiting());
}

TEST_F(WaitQueueTest, ServesByArrival) {
  fill();
  const std::uint32_t second = enter(2);
  const std::uint32_t third = enter(3);
  const std::uint32_t first = enter(1);
  free(1, 0);
  EXPECT_TRUE(queue_.is_served(first));
  EXPECT_FALSE(queue_.is_served(second) || queue_.is_served(third));
  free(0, 1);
  EXPECT_TRUE(queue_.is_served(second));
  EXPECT_FALSE(queue_.is_served(third));
}

TEST_F(WaitQueueTest, TellsWhoIsNext) {
  fill();
  const std::uint32_t first = enter(1);
  const std::uint32_t second = enter(2);
  EXPECT_TRUE(serve(ledger_, kTwoByTwo, first));
  EXPECT_FALSE(serve(ledger_, kTwoByTwo, second));
  queue_.leave(first);
  EXPECT_TRUE(serve(ledger_, kTwoByTwo, second));
}

TEST_F(WaitQueueTest, IsBoundedForNewcomersOnly) {
  fill();
  for (std::uint32_t i = 0; i < kTwoByTwo.queue_limit; ++i) enter(1);
  const auto refused = queue_.enter({.at = Clock::now(), .avoided = {}}, kSelf);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kOverloaded);
  enter(0, false);
}

TEST_F(WaitQueueTest, GivesOnThePlaceOfOneThatLeaves) {
  fill();
  const std::uint32_t first = enter(1);
  const std::uint32_t second = enter(2);
  free(0, 0);
  ASSERT_TRUE(queue_.is_served(first));
  queue_.leave(first);
  serve(ledger_, kTwoByTwo);
  EXPECT_TRUE(queue_.is_served(second));
}

TEST_F(WaitQueueTest, TellsTheSlotToAvoid) {
  (void)queue_.enter({.at = Clock::now(), .avoided = 1}, kSelf);
  std::optional<std::uint32_t> told;
  queue_.serve([&](std::optional<std::uint32_t> avoided) {
    told = avoided;
    return std::optional<Place>();
  });
  EXPECT_EQ(told, 1U);
}

TEST_F(WaitQueueTest, WakesAtOnce) {
  fill();
  const std::uint32_t ticket = enter(1);
  std::jthread releaser([&] { free(0, 0); });
  const auto start = Clock::now();
  while (!queue_.is_served(ticket)) queue_.wait(ticket, std::chrono::seconds(30));
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(10));
}

TEST_F(WaitQueueTest, ForgetsAProcessThatHasEnded) {
  fill();
  constexpr std::int32_t kEnded = 1 << 30;
  const auto ticket = queue_.enter({.at = Clock::time_point(milliseconds(1))}, kEnded);
  ASSERT_TRUE(ticket);
  const std::uint32_t behind = enter(2);
  ledger_.child_ended(kEnded);
  free(0, 0);
  EXPECT_TRUE(queue_.is_served(behind));
}

TEST_F(WaitQueueTest, PassesOverAProcessWhoseEndWasNotReported) {
  fill();
  const pid_t ended = ::fork();
  if (ended == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(ended, nullptr, 0), ended);
  ASSERT_TRUE(queue_.enter({.at = Clock::time_point(milliseconds(1))}, ended));
  const std::uint32_t behind = enter(2);
  free(0, 0);
  EXPECT_TRUE(queue_.is_served(behind));
}

// Dies with the mutex, between a reservation and its completion.
TEST_F(WaitQueueTest, CompletesWhatADeadProcessHasHalfDone) {
  fill();
  const std::uint32_t ticket = enter(1);
  ledger_.places().give_back({.slot = 1, .index = 1});
  const pid_t child = ::fork();
  if (child == 0) {
    queue_.serve([&](std::optional<std::uint32_t>) -> std::optional<Place> {
      const Place place{.slot = 1, .index = 1};
      ::_exit(ledger_.places().take(place, reserved_for(ticket)) ? 0 : 1);
    });
    ::_exit(2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  serve(ledger_, kTwoByTwo);
  ASSERT_TRUE(queue_.is_served(ticket));
  EXPECT_EQ(queue_.take(ticket, kSelf).index, 1U);
  EXPECT_FALSE(queue_.is_anyone_waiting());
}

TEST_F(WaitQueueTest, LosesNoneOfManyThreads) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 1'000;
  std::atomic<std::int32_t> inside{0};
  std::atomic<bool> was_crowded{false};
  const auto work = [&] {
    for (int round = 0; round < kRounds; ++round) {
      const auto ticket = queue_.enter({.at = Clock::now(), .avoided = {}, .is_new = false}, kSelf);
      ASSERT_TRUE(ticket);
      serve(ledger_, kTwoByTwo, *ticket);
      const Deadline deadline = Deadline::in(std::chrono::seconds(20));
      // No time-out of its own: a lost wake-up shows as a test that takes too long.
      while (!queue_.is_served(*ticket)) {
        ASSERT_FALSE(deadline.has_passed()) << "a wake-up was lost";
        queue_.wait(*ticket, std::chrono::seconds(20));
      }
      const Place place = queue_.take(*ticket, kSelf);
      if (inside.fetch_add(1) >= 4) was_crowded = true;
      std::this_thread::yield();
      inside.fetch_sub(1);
      ledger_.places().give_back(place);
      if (queue_.is_anyone_waiting()) serve(ledger_, kTwoByTwo);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  }
  EXPECT_FALSE(was_crowded);
  EXPECT_EQ(places_taken(ledger_, kTwoByTwo), 0U);
  EXPECT_FALSE(queue_.is_anyone_waiting());
}

}  // namespace
}  // namespace warp
