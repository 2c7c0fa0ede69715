#include "worker/watchdog.hpp"

#include <gmock/gmock.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <string>

#include "captured_log.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Clock = ServingThread::Clock;

// An interpreter whose lock the test can hold.
class FakeInspector final : public Inspector {
 public:
  void report_crashes_to(int /*descriptor*/) override {}
  void wait_for_lock() override { const std::lock_guard held(lock); }
  std::vector<ThreadStack> stacks() override {
    const std::lock_guard held(lock);
    return {stack("with the lock")};
  }
  bool interrupt(std::uint64_t request_number) override {
    const std::lock_guard held(lock);
    interrupted.push_back(request_number);
    return true;
  }
  std::vector<ThreadStack> stacks_without_lock() override { return {stack("without the lock")}; }

  [[nodiscard]] ThreadStack stack(const std::string& text) const {
    return {.thread = thread->handle(), .name = {}, .text = "  " + text + "\n"};
  }

  std::mutex lock;  // guards: interrupted
  std::vector<std::uint64_t> interrupted;
  ServingThread* thread = nullptr;
};

class WatchdogTest : public testing::Test {
 protected:
  WatchdogTest() {
    inspector_.thread = &threads_[0];
    threads_[0].enter();
  }
  void begin(std::size_t thread, std::uint64_t number) {
    scoreboard::Recorder(board_, 0, static_cast<std::uint32_t>(thread))
        .begin(number, "GET", "/slow");
    threads_[thread].begin(number, "id" + std::to_string(number));
  }
  void watch(const WatchLimits& limits) {
    watchdog_ =
        Watchdog::create(
            {.threads = threads_,
             .inspector = &inspector_,
             .board = board_,
             .slot = 0,
             .stacks_wanted = stacks_wanted_.get()},
            limits,
            {.overdue = [this] { note("overdue"); },
             .deadlocked = [this] { note("deadlocked"); },
             .only_overdue_left =
                 [this](std::size_t count) { note("only overdue left " + std::to_string(count)); }})
            .value();
  }
  void note(const std::string& event) {
    const std::lock_guard lock(mutex_);
    if (events_.empty() || events_.back() != event) events_.push_back(event);
    changed_.notify_all();
  }
  // Up to that event; the last is what came, whatever it was, when none comes in time.
  std::vector<std::string> events_until(const std::string& event) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 20s, [&] { return !events_.empty() && events_.back() == event; });
    return events_;
  }
  // The events of some time in which nothing is expected to happen.
  std::vector<std::string> events_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [] { return false; });
    return events_;
  }
  bool appears(const std::string& text) {
    for (const Deadline deadline = Deadline::in(20s); !deadline.has_passed();) {
      if (log_.text().find(text) != std::string::npos) return true;
      events_within(1ms);
    }
    return false;
  }

  scoreboard::Scoreboard board_ =
      scoreboard::Scoreboard::map(
          scoreboard::create_segment({.slots = 1, .threads = 3}).value().get())
          .value();
  std::vector<ServingThread> threads_{3};
  FakeInspector inspector_;
  UniqueFd stacks_wanted_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  CapturedLog log_;
  std::mutex mutex_;  // guards: events_
  std::condition_variable changed_;
  std::vector<std::string> events_;
  std::unique_ptr<Watchdog> watchdog_;  // last: it uses all of the above
};

TEST_F(WatchdogTest, LogsASlowRequestOnceWithItsStack) {
  watch({.slow = 30ms});
  begin(0, 7);
  EXPECT_TRUE(appears("request is slow request=id7 method=GET path=/slow thread=0 seconds="));
  EXPECT_TRUE(appears("  with the lock"));
  EXPECT_THAT(events_within(100ms), IsEmpty());
  const std::string log = log_.text();
  EXPECT_EQ(log.find("request is slow"), log.rfind("request is slow"));
}

TEST_F(WatchdogTest, LogsASlowRequestThatIsNotSilent) {
  watch({.request = 10s, .slow = 50ms});
  begin(0, 7);
  const ServingThread::OthersTurn turn(&threads_[0]);
  EXPECT_TRUE(appears("request is slow request=id7"));
}

TEST_F(WatchdogTest, LogsNoRequestThatHasEndedInTime) {
  watch({.slow = 200ms});
  begin(0, 7);
  threads_[0].end();
  begin(1, 8);
  EXPECT_TRUE(appears("request is slow request=id8"));
  EXPECT_EQ(log_.text().find("id7"), std::string::npos);
}

TEST_F(WatchdogTest, ReportsARequestThatIsSilentForTooLong) {
  watch({.request = 50ms});
  begin(0, 7);
  EXPECT_THAT(events_until("overdue"), ElementsAre("overdue"));
  EXPECT_THAT(log_.text(), AllOf(HasSubstr("request overdue request=id7 method=GET path=/slow "
                                           "thread=0 seconds="),
                                 HasSubstr("  with the lock")));
}

TEST_F(WatchdogTest, IsExactForEachOfSeveralRequests) {
  watch({.request = 300ms, .interrupt = 1h});
  const auto started = Clock::now();
  begin(1, 1);
  events_within(150ms);
  begin(2, 2);
  ASSERT_TRUE(appears("request=id1"));
  const auto first = Clock::now() - started;
  EXPECT_THAT(log_.text(), testing::Not(HasSubstr("request=id2")));
  ASSERT_TRUE(appears("request=id2"));
  const auto second = Clock::now() - started;
  EXPECT_GE(first, 280ms);
  EXPECT_GE(second, 430ms);
}

TEST_F(WatchdogTest, LeavesARequestAloneThatGoesOn) {
  watch({.request = 200ms});
  begin(0, 7);
  for (int i = 0; i < 8; ++i) {
    EXPECT_THAT(events_within(50ms), IsEmpty());
    const ServingThread::OthersTurn turn(&threads_[0]);
  }
}

TEST_F(WatchdogTest, LeavesRequestsAloneThatEnd) {
  watch({.request = 200ms});
  for (std::uint64_t number = 1; number < 9; ++number) {
    begin(0, number);
    EXPECT_THAT(events_within(50ms), IsEmpty());
    threads_[0].end();
  }
}

TEST_F(WatchdogTest, ReportsOnce) {
  watch({.request = 20ms});
  begin(0, 7);
  begin(1, 8);
  ASSERT_TRUE(appears("request=id7"));
  ASSERT_TRUE(appears("request=id8"));
  note("end");
  EXPECT_THAT(events_until("end"), ElementsAre("overdue", "end"));
}

TEST_F(WatchdogTest, TakesTheStacksWithoutTheLockThatNobodyGets) {
  const std::lock_guard held(inspector_.lock);
  watch({.request = 20ms});
  begin(0, 7);
  EXPECT_THAT(events_until("overdue"), ElementsAre("overdue"));
  EXPECT_THAT(log_.text(), HasSubstr("  without the lock"));
}

TEST_F(WatchdogTest, InterruptsARequestFirst) {
  watch({.request = 20ms, .interrupt = 1h});
  begin(0, 7);
  ASSERT_TRUE(appears("request overdue, it is interrupted request=id7"));
  threads_[0].end();
  EXPECT_THAT(events_within(50ms), IsEmpty());
  watchdog_.reset();
  EXPECT_THAT(inspector_.interrupted, ElementsAre(7));
}

TEST_F(WatchdogTest, ReportsARequestThatGoesOnThoughInterrupted) {
  watch({.request = 20ms, .interrupt = 30ms});
  begin(0, 7);
  EXPECT_THAT(events_until("overdue"), ElementsAre("overdue"));
  EXPECT_THAT(log_.text(), HasSubstr("request overdue, it goes on though interrupted request=id7"));
}

TEST_F(WatchdogTest, TellsADrainThatOnlyOverdueRequestsAreLeft) {
  const auto began = Watchdog::Clock::now();
  watch({.request = 50ms});
  begin(0, 7);
  events_until("overdue");
  begin(1, 8);
  watchdog_->drain();
  threads_[1].end();
  EXPECT_THAT(events_until("only overdue left 1"), ElementsAre("overdue", "only overdue left 1"));
  EXPECT_GE(Watchdog::Clock::now() - began, 500ms) << "httpd's child has had time to answer 504";
}

TEST_F(WatchdogTest, FindsADeadlock) {
  {
    const std::lock_guard held(inspector_.lock);
    watch({.deadlock = 100ms});
    begin(0, 7);
    EXPECT_THAT(events_until("deadlocked"), ElementsAre("deadlocked"));
  }
  EXPECT_THAT(log_.text(), AllOf(HasSubstr("worker is deadlocked"), HasSubstr("request=id7"),
                                 HasSubstr("  without the lock")));
}

TEST_F(WatchdogTest, FindsNoDeadlockWhereTheLockIsFreeOrNobodyIsServed) {
  {
    const std::lock_guard held(inspector_.lock);
    watch({.deadlock = 100ms});
    EXPECT_THAT(events_within(300ms), IsEmpty());
  }
  begin(0, 7);
  EXPECT_THAT(events_within(300ms), IsEmpty());
}

TEST_F(WatchdogTest, LogsAllStacksWhenAsked) {
  watch({});
  begin(0, 7);
  const std::uint64_t one = 1;
  ASSERT_EQ(::write(stacks_wanted_.get(), &one, sizeof one), ssize_t{sizeof one});
  ASSERT_TRUE(appears("  with the lock"));
  EXPECT_THAT(log_.text(), AllOf(HasSubstr("stacks of all threads, as a signal has asked for"),
                                 HasSubstr("request=id7 method=GET path=/slow thread=0")));
}

}  // namespace
}  // namespace warp::worker
