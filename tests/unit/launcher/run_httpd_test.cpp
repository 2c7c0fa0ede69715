// The launcher's part in a running server, with a shell script in httpd's place.
#include "launcher/run/run_httpd.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/deadline.hpp"
#include "base/unique_fd.hpp"
#include "launcher/host/files.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

UniqueFd listen_at(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::listen(socket.get(), 4), 0);
  return socket;
}

class RunHttpd : public testing::Test {
 protected:
  HttpdRun with_script(const std::string& script) const {
    return {.arguments = {folder_.write_program("httpd", "#!/bin/sh\n" + script)},
            .environment = {{"PATH", "/usr/bin:/bin"}},
            .error_log = folder_ / "error_log",
            .server_root = folder_.path(),
            .times = {.graceful = std::chrono::seconds(10), .shutdown = std::chrono::seconds(10)}};
  }

  // In a process of its own, as it takes that process's signals; its exit status.
  [[nodiscard]] pid_t start(const HttpdRun& run) const {
    const pid_t pid = ::fork();
    if (pid == 0) ::_exit(run_httpd(run) ? 0 : 7);
    return pid;
  }
  static int end_of(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  // The script opens the fifo when its handlers are in place.
  [[nodiscard]] std::string make_fifo() const {
    std::string path = folder_ / "ready";
    ::mkfifo(path.c_str(), 0600);
    return path;
  }

  TemporaryDirectory folder_;
};

// Waits in short turns, for a shell runs its traps between commands.
constexpr auto kWaitForSignals = "; echo up >$0.up; cat <READY; while :; do sleep 0.05; done\n";

std::string waiting(std::string script, const std::string& fifo) {
  script += kWaitForSignals;
  return script.replace(script.find("READY"), 5, fifo);
}

TEST_F(RunHttpd, TurnsSigtermIntoAGracefulStop) {
  const std::string fifo = make_fifo();
  const pid_t launcher = start(
      with_script(waiting("trap 'echo winch >$0.got; exit 0' WINCH; trap 'exit 9' TERM", fifo)));
  { std::ofstream open_fifo(fifo); }
  ::kill(launcher, SIGTERM);
  EXPECT_EQ(end_of(launcher), 0);
  EXPECT_EQ(*read_text(folder_ / "httpd.got"), "winch\n");
}

TEST_F(RunHttpd, TerminatesHttpdAtASecondSignal) {
  const std::string fifo = make_fifo();
  const pid_t launcher = start(with_script(
      waiting("trap 'kill -INT $PPID' WINCH; trap 'echo term >$0.got; exit 0' TERM", fifo)));
  { std::ofstream open_fifo(fifo); }
  ::kill(launcher, SIGINT);
  EXPECT_EQ(end_of(launcher), 0);
  EXPECT_EQ(*read_text(folder_ / "httpd.got"), "term\n");
}

TEST_F(RunHttpd, IgnoresAResizeAndRestartsOnHangup) {
  const std::string fifo = make_fifo();
  const pid_t launcher = start(
      with_script(waiting("trap 'exit 9' WINCH; trap 'echo usr1 >$0.got; exit 0' USR1", fifo)));
  { std::ofstream open_fifo(fifo); }
  ::kill(launcher, SIGWINCH);
  ::kill(launcher, SIGHUP);
  EXPECT_EQ(end_of(launcher), 0);
  EXPECT_EQ(*read_text(folder_ / "httpd.got"), "usr1\n");
}

TEST_F(RunHttpd, ReloadsTheGroupsAtHangupInsteadOfHttpd) {
  const std::string fifo = make_fifo();
  const UniqueFd group = listen_at(folder_ / "warp-site.sock");
  const pid_t launcher =
      start(with_script(waiting("trap 'exit 9' USR1; trap 'exit 0' WINCH", fifo)));
  { std::ofstream open_fifo(fifo); }
  ::kill(launcher, SIGHUP);
  {
    const UniqueFd client(::accept4(group.get(), nullptr, nullptr, SOCK_CLOEXEC));
    char request[8] = {};
    EXPECT_EQ(::read(client.get(), request, sizeof request), 7);
    EXPECT_STREQ(request, "reload\n");
  }
  ::kill(launcher, SIGTERM);
  EXPECT_EQ(end_of(launcher), 0);
}

TEST_F(RunHttpd, SaysForAWhileThatItIsNotReadyBeforeItStops) {
  const std::string fifo = make_fifo();
  HttpdRun run = with_script(waiting(
      "trap 'test -e ${0%/*}/not-ready && exit 0; exit 9' WINCH; trap 'exit 8' TERM", fifo));
  run.times.delay = std::chrono::hours(1);
  const pid_t launcher = start(run);
  { std::ofstream open_fifo(fifo); }
  ::kill(launcher, SIGTERM);
  const Deadline patience = Deadline::in(std::chrono::seconds(20));
  while (!is_file(folder_ / "not-ready") && !patience.has_passed()) ::usleep(1000);
  ::kill(launcher, SIGTERM);
  EXPECT_EQ(end_of(launcher), 0);
}

TEST_F(RunHttpd, StopsHttpdThatHasNoHandlerYet) {
  const std::string fifo = make_fifo();
  const pid_t launcher = start(with_script(waiting("true", fifo)));
  { std::ofstream open_fifo(fifo); }
  ::kill(launcher, SIGTERM);
  EXPECT_EQ(end_of(launcher), 0);
}

TEST_F(RunHttpd, LeavesNoProcessBehind) {
  HttpdRun run = with_script("(trap '' TERM; exec sleep 600) & echo $! >$0.orphan; exit 0\n");
  run.times.shutdown = std::chrono::seconds(0);
  const pid_t launcher = start(run);
  EXPECT_EQ(end_of(launcher), 0);
  const pid_t orphan = std::stoi(*read_text(folder_ / "httpd.orphan"));
  EXPECT_EQ(::kill(orphan, 0), -1);
}

TEST_F(RunHttpd, ShowsTheEndOfTheLogWhenHttpdDies) {
  folder_.write("error_log", "old line\n");
  HttpdRun run =
      with_script("echo 'AH00526: bad line' >>" + (folder_ / "error_log") + "; exit 1\n");
  const pid_t pid = ::fork();
  if (pid == 0) {
    const auto ended = run_httpd(run);
    folder_.write("error", ended ? "" : ended.error().detail);
    ::_exit(0);
  }
  EXPECT_EQ(end_of(pid), 0);
  const std::string error = *read_text(folder_ / "error");
  EXPECT_THAT(error, HasSubstr("ended with status 1"));
  EXPECT_THAT(error, HasSubstr("AH00526: bad line"));
  EXPECT_THAT(error, testing::Not(HasSubstr("old line")));
}

}  // namespace
}  // namespace warp
