#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <thread>
#include <vector>

#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using ::testing::HasSubstr;

TEST(Interpreter, ThreadsAreKnownToThreading) {
  EXPECT_EQ(serve_on_new_thread({.path = "/thread_name"}).body, "0 1");
}

TEST(Interpreter, WaitingThreadsLetOthersRun) {
  (void)get("/hello");
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 5; ++i)
    threads.emplace_back([] { EXPECT_EQ(serve_on_new_thread({.path = "/sleep"}).body, "slept"); });
  threads.clear();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(900));
}

TEST(Interpreter, ScriptSeesItsServer) {
  EXPECT_EQ(get("/process_facts").body, "(['warpdrive'], '_warp_script_apps', 'apps.py', True)");
}

TEST(Interpreter, SignalHandlersAreRefusedWithAWarning) {
  const Received reply = get("/set_signal");
  EXPECT_EQ(reply.body, "<Handlers.SIG_DFL: 0>");
  EXPECT_THAT(reply.log(), HasSubstr("signal.signal(<Signals.SIGTERM: 15>) has no effect"));
  EXPECT_THAT(reply.log(), HasSubstr("apps.py:"));
}

std::vector<long> references() {
  std::istringstream text(get("/references").body);
  std::vector<long> counts;
  for (long count = 0; text >> count;) counts.push_back(count);
  return counts;
}

class Leaks : public ::testing::TestWithParam<const char*> {};

TEST_P(Leaks, ManyRequestsLeaveNoObjectBehind) {
  constexpr int kTimes = 1000;
  const CapturedLog log;
  const Sent sent{.path = GetParam(),
                  .query = "readline();read(3);list()",
                  .body = "a\nbcdef\ng",
                  .body_kind = wire::BodyKind::kUnsized};
  for (int i = 0; i < kTimes / 5; ++i) (void)serve(sent);
  (void)references();
  const std::vector<long> before = references();
  for (int i = 0; i < kTimes; ++i) (void)serve(sent);
  const std::vector<long> after = references();
  ASSERT_EQ(before.size(), 5U);
  // Python's own caches still grow a little; a leak is at least one per request.
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_LT(after[i] - before[i], kTimes / 2) << i;
}

INSTANTIATE_TEST_SUITE_P(EveryKind, Leaks,
                         ::testing::Values("/hello", "/generator", "/writes", "/fails",
                                           "/fails_late", "/bad_start", "/exc_info_after",
                                           "/wrapped_file", "/speak", "/read_parts", "/exits",
                                           "/returns_none", "/keep"));

}  // namespace
}  // namespace warp::python::testing
