#include "python/inspector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/deadline.hpp"
#include "python/wsgi/request_context.hpp"
#include "unit/python/served.hpp"

namespace warp::python::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using worker::ThreadStack;

void run(const char* source) {
  with_python([source](Gil&) { EXPECT_EQ(PyRun_SimpleString(source), 0); });
}

// A request that is in the application while this lives.
class Running final {
 public:
  explicit Running(const std::string& path) {
    // The interpreter starts on this thread, which will end it: its main thread.
    (void)inspector();
    thread_ = std::jthread([this, path] { received_ = serve_on_new_thread({.path = path}); });
  }
  Received wait() {
    thread_.join();
    return received_;
  }

 private:
  Received received_;
  std::jthread thread_;
};

// The stack that names the function; an empty text when none comes to it.
template <typename Take>
ThreadStack stack_in(const char* function, Take take) {
  for (const Deadline deadline = Deadline::in(20s); !deadline.has_passed();)
    for (const ThreadStack& stack : take())
      if (stack.text.find(function) != std::string::npos) return stack;
  return {};
}

constexpr const char* kRelease = "import sys\nsys.modules['inspected'].release.set()\n";

TEST(Inspector, ShowsWhatAThreadExecutes) {
  Running running("/waits_for_release");
  const ThreadStack stack = stack_in("waits_for_release", [] { return inspector().stacks(); });
  EXPECT_THAT(stack.text, AllOf(HasSubstr("inspected.py\", line 13, in waits_for_release\n"),
                                HasSubstr("release.wait(20)")));
  // The most recent call comes last.
  EXPECT_LT(stack.text.find("in application"), stack.text.find("in waits_for_release"));
  EXPECT_NE(stack.thread, 0U);
  run(kRelease);
  EXPECT_EQ(running.wait().body, "released");
}

TEST(Inspector, ShowsTheSameWithoutTheLock) {
  Running running("/waits_for_release");
  const ThreadStack locked = stack_in("waits_for_release", [] { return inspector().stacks(); });
  // Here the lock is held, by this thread.
  std::vector<ThreadStack> stacks;
  with_python([&](Gil&) { stacks = inspector().stacks_without_lock(); });
  const auto found = std::find_if(stacks.begin(), stacks.end(), [&](const ThreadStack& stack) {
    return stack.thread == locked.thread;
  });
  ASSERT_NE(found, stacks.end());
  EXPECT_THAT(found->text, HasSubstr("inspected.py\", line 13 in waits_for_release\n"));
  EXPECT_LT(found->text.find("in application"), found->text.find("in waits_for_release"));
  run(kRelease);
  EXPECT_EQ(running.wait().body, "released");
}

TEST(Inspector, NamesTheApplicationsThreads) {
  run("import threading\nended = threading.Event()\n"
      "def beside():\n    ended.wait(20)\n"
      "thread = threading.Thread(target=beside, name='counter')\nthread.start()\n");
  EXPECT_EQ(stack_in("in beside", [] { return inspector().stacks(); }).name, "counter");
  run("ended.set()\nthread.join()\n");
}

TEST(Inspector, InterruptsTheRequestOfTheNumber) {
  Running running("/waits_to_be_interrupted");
  const std::string text =
      stack_in("waits_to_be_interrupted", [] { return inspector().stacks(); }).text;
  ASSERT_NE(text, "");
  EXPECT_FALSE(inspector().interrupt(8));
  EXPECT_TRUE(inspector().interrupt(7));
  EXPECT_EQ(running.wait().body, "RequestTimeout False");
  EXPECT_FALSE(inspector().interrupt(7));
}

TEST(Inspector, ARequestThatIsEndedByTheTimeoutIs504) {
  const Received reply = get("/ended_by_the_timeout");
  EXPECT_EQ(reply.status, 504);
  EXPECT_THAT(reply.log(), HasSubstr("warp.RequestTimeout"));
}

// In a request whose last calls are not Python's no code meets the exception.
TEST(Inspector, InterruptsNoLaterRequest) {
  with_python([](Gil& gil) {
    wsgi::RequestContext context(1);
    context.begin(gil);
    EXPECT_TRUE(context.interrupt(gil, PyExc_KeyboardInterrupt));
    context.end(gil);
    EXPECT_FALSE(context.interrupt(gil, PyExc_KeyboardInterrupt));
    EXPECT_EQ(PyRun_SimpleString("for number in range(1000): str(number)"), 0);
  });
}

TEST(Inspector, LetsCodeThatHandlesExceptionsNotTakeTheTimeoutForOne) {
  with_python([](Gil&) {
    EXPECT_EQ(PyRun_SimpleString("import warp\n"
                                 "assert issubclass(warp.RequestTimeout, BaseException)\n"
                                 "assert not issubclass(warp.RequestTimeout, Exception)\n"),
              0);
  });
}

TEST(ParseDump, ReadsThreadAfterThread) {
  const auto stacks = parse_dump(
      "Current thread 0x00007f0d2bfff6c0 (most recent call first):\n"
      "  File \"/a.py\", line 3 in inner\n  File \"/a.py\", line 9 in outer\n\n"
      "Thread 0x00000000000000ff (most recent call first):\n  <no Python frame>\n\n"
      "Thread 0x0000000000000010 (most recent call first):\n  File \"/b.py\", line 1 in f\n  ...\n"
      "Extension modules: x (total: 1)\n");
  EXPECT_THAT(
      stacks,
      ElementsAre(AllOf(Field(&ThreadStack::thread, 0x7f0d2bfff6c0U),
                        Field(&ThreadStack::text,
                              "  File \"/a.py\", line 9 in outer\n"
                              "  File \"/a.py\", line 3 in inner\n")),
                  AllOf(Field(&ThreadStack::thread, 16U),
                        Field(&ThreadStack::text, "  ...\n  File \"/b.py\", line 1 in f\n"))));
}

TEST(ParseDump, FindsNothingInOtherText) {
  EXPECT_THAT(parse_dump(""), IsEmpty());
  EXPECT_THAT(parse_dump("  indented\nThread 0xzz:\n  x\n"), IsEmpty());
}

TEST(IsClientConnected, IsTrueWhileSomebodyWaits) {
  EXPECT_EQ(get("/client_connection").body, "True");
}

TEST(IsClientConnected, IsFalseOnceTheChannelIsClosed) {
  const CapturedLog log;
  (void)serve({.path = "/client_connection_afterwards", .leaves_after = 1});
  EXPECT_THAT(log.text(), HasSubstr("connected: False"));
}

TEST(IsClientConnected, NeedsARequest) {
  with_python([](Gil&) {
    EXPECT_EQ(PyRun_SimpleString("import warp\ntry:\n    warp.is_client_connected()\n"
                                 "    raise AssertionError\nexcept RuntimeError:\n    pass\n"),
              0);
  });
}

}  // namespace
}  // namespace warp::python::testing
