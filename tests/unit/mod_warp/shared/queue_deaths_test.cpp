// The queue between processes that are killed at random moments.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>
#include <vector>

#include "unit/mod_warp/shared/ledger_memory.hpp"

namespace warp {
namespace {

using std::chrono::microseconds;
using Clock = std::chrono::steady_clock;

constexpr LedgerSize kSize{.slots = 2, .places = 2, .queue_limit = 16};
constexpr std::size_t kChildren = 4;

// As a child of httpd does it, again and again, until it is killed. Ends by itself only when it
// had to wait for too long.
[[noreturn]] void ask_for_places(const Ledger& ledger) {
  const std::int32_t self = ::getpid();
  const WaitQueue queue = ledger.queue();
  while (true) {
    const auto ticket = queue.enter({.at = Clock::now(), .avoided = {}, .is_new = false}, self);
    if (!ticket) ::_exit(10);
    const Deadline deadline = Deadline::in(std::chrono::seconds(15));
    serve(ledger, kSize, *ticket);
    while (!queue.is_served(*ticket)) {
      if (deadline.has_passed()) ::_exit(11);
      queue.wait(*ticket, std::chrono::milliseconds(20));
      serve(ledger, kSize, *ticket);
    }
    const Place place = queue.take(*ticket, self);
    ledger.places().give_back(place);
    if (queue.is_anyone_waiting()) serve(ledger, kSize);
  }
}

pid_t start_child(const Ledger& ledger) {
  const pid_t child = ::fork();
  if (child == 0) ask_for_places(ledger);
  return child;
}

void end_child(const Ledger& ledger, pid_t child) {
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself: " << WEXITSTATUS(status);
  ledger.child_ended(child);
}

TEST(QueueDeaths, LeaveNothingBehind) {
  constexpr int kDeaths = 150;
  const Ledger ledger = make_ledger(kSize);
  std::mt19937 random(4);
  std::uniform_int_distribution<int> moment(0, 3'000);
  std::vector<pid_t> children;
  for (std::size_t i = 0; i < kChildren; ++i) children.push_back(start_child(ledger));
  for (int death = 0; death < kDeaths && !HasFatalFailure(); ++death) {
    std::this_thread::sleep_for(microseconds(moment(random)));
    pid_t& child = children[static_cast<std::size_t>(death) % kChildren];
    end_child(ledger, child);
    child = start_child(ledger);
  }
  for (const pid_t child : children) end_child(ledger, child);
  serve(ledger, kSize);
  EXPECT_EQ(places_taken(ledger, kSize), 0U);
  EXPECT_FALSE(ledger.queue().is_anyone_waiting());
}

}  // namespace
}  // namespace warp
