// A process that the application forks while it serves a request.
#include "worker/fork_guard.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel/connector.hpp"
#include "child_side.hpp"
#include "worker/request_log.hpp"
#include "worker/response.hpp"

namespace warp::worker {
namespace {

// Guards stay for the rest of a process, so this one is the parent of all that follows.
int run_guarded(int (*forked)(RequestLog&, Response&)) {
  const channel::Connector connector = channel::make_connector().value();
  const auto listener = Listener::create(connector.worker_end.get(), {}).value();
  guard_forks(*listener);
  ChannelPair pair = make_channel_pair();
  Outlet outlet(pair.worker);
  RequestLog log(outlet);
  Response response(outlet);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(forked(log, response));
  int status = 0;
  ::waitpid(child, &status, 0);
  // Nothing of it has come, and this process still can.
  if (*pair.child.try_receive() || !log.write(LogLevel::kInfo, "parent")) return 99;
  return WEXITSTATUS(status);
}

TEST(ForkedProcessDeathTest, CanNeitherLogNorAnswerOnTheRequestsChannel) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(std::_Exit(run_guarded([](RequestLog& log, Response& response) {
                (void)response.set_head({.status = 200, .reason = "", .fields = {}});
                const bool is_refused = !log.write(LogLevel::kInfo, "forked") &&
                                        response.finish().error().code == Errc::kClosed;
                return is_refused ? 42 : 1;
              })),
              testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace warp::worker
