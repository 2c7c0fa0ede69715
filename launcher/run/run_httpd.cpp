#include "launcher/run/run_httpd.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <utility>

#include "base/signals.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/subprocess.hpp"
#include "launcher/run/backlog.hpp"
#include "launcher/run/control_client.hpp"
#include "launcher/run/notify.hpp"
#include "launcher/run/process_tree.hpp"
#include "launcher/run/readiness.hpp"

namespace warp {
namespace {

constexpr std::size_t kShownLines = 10;

struct Httpd {
  pid_t pid = 0;
  const std::string& server_root;
  Backlog backlog;
  Notifier notifier;
  bool is_ready = false;
};

// True when a group takes it.
bool reload_groups(const std::string& server_root) {
  constexpr std::chrono::seconds kPatience{5};
  const Deadline deadline = Deadline::in(kPatience);
  bool is_taken = false;
  for (const std::string& group : groups_in(server_root))
    if (ask_group(server_root, group, "reload", deadline)) is_taken = true;
  return is_taken;
}

// The signals are blocked, and the loop has not read them yet.
bool is_hurried() {
  sigset_t pending{};
  ::sigpending(&pending);
  const std::array<int, 3> stops = {SIGINT, SIGTERM, SIGQUIT};
  return std::any_of(stops.begin(), stops.end(),
                     [&](int signal) { return ::sigismember(&pending, signal) == 1; });
}

// httpd's old children close kept connections that are idle, also one that a request is on its way
// on. A client that sends something in this time learns of it before. When others restart httpd,
// mod_warp does the same, if it learns of it in time.
void restart_gracefully(Httpd& httpd) {
  constexpr std::chrono::milliseconds kForKeptConnections{500};
  constexpr int kPause = 10;
  if (!handles_signal(httpd.pid, SIGUSR1)) return;
  if (httpd.backlog.end_kept_connections()) {
    const Deadline deadline = Deadline::in(kForKeptConnections);
    while (!deadline.has_passed() && !is_hurried()) static_cast<void>(::poll(nullptr, 0, kPause));
  }
  ::kill(httpd.pid, SIGUSR1);
}

// httpd closes its listening sockets at the stop, and the kernel resets what waits there.
void empty_backlog(Backlog& backlog) {
  constexpr std::chrono::milliseconds kForHandshakes{100};
  constexpr std::chrono::milliseconds kLongest{2000};
  constexpr int kPause = 2;
  backlog.refuse_new();
  const Deadline handshakes = Deadline::in(kForHandshakes);
  const Deadline deadline = Deadline::in(kLongest);
  while ((!handshakes.has_passed() || !backlog.is_empty()) && !deadline.has_passed() &&
         !is_hurried())
    static_cast<void>(::poll(nullptr, 0, kPause));
}

void stop_gracefully(Httpd& httpd) {
  httpd.notifier.stopping();
  mark_not_ready(httpd.server_root);
  // One that is still starting has no requests.
  if (!handles_signal(httpd.pid, SIGWINCH)) {
    ::kill(httpd.pid, SIGTERM);
    return;
  }
  httpd.backlog.end_kept_connections();
  empty_backlog(httpd.backlog);
  ::kill(httpd.pid, SIGWINCH);
  httpd.backlog.let_go();
}

void carry_out(Order order, Httpd& httpd) {
  switch (order) {
    case Order::kReload:
      httpd.notifier.reloading();
      if (!reload_groups(httpd.server_root)) restart_gracefully(httpd);
      httpd.notifier.ready();
      return;
    case Order::kNotReady:
      httpd.notifier.stopping();
      mark_not_ready(httpd.server_root);
      httpd.backlog.end_kept_connections();
      return;
    case Order::kGracefulStop:
      stop_gracefully(httpd);
      return;
    case Order::kGracefulRestart:
      restart_gracefully(httpd);
      return;
    case Order::kTerminate:
      ::kill(httpd.pid, SIGTERM);
      return;
    case Order::kKill:
      ::kill(-httpd.pid, SIGKILL);
      return;
  }
}

// Reaps everything that has ended; httpd's status when it is among that.
std::optional<int> reap(pid_t httpd) {
  std::optional<int> httpds;
  int status = 0;
  for (pid_t pid = ::waitpid(-1, &status, WNOHANG); pid > 0; pid = ::waitpid(-1, &status, WNOHANG))
    if (pid == httpd) httpds = status;
  return httpds;
}

// The wait status of httpd.
int watch(Httpd& httpd, const UniqueFd& signals, StopSequence& stop) {
  for (;;) {
    if (const auto status = reap(httpd.pid)) return *status;
    std::array<pollfd, 2> waits{pollfd{signals.get(), POLLIN, 0},
                                pollfd{httpd.backlog.descriptor(), POLLIN, 0}};
    const int ready = ::poll(waits.data(), waits.size(), stop.deadline().poll_timeout());
    if (ready > 0 && waits[1].revents != 0) {
      httpd.backlog.take_listeners();
      if (!std::exchange(httpd.is_ready, true) && !stop.is_stopping()) httpd.notifier.ready();
      // A restart of httpd has been on its way when the stop began.
      if (stop.is_stopping()) httpd.backlog.end_kept_connections();
    }
    std::optional<Order> order;
    signalfd_siginfo info{};
    if (ready > 0 && waits[0].revents != 0 &&
        ::read(signals.get(), &info, sizeof info) == sizeof info) {
      order = stop.on_signal(static_cast<int>(info.ssi_signo), Deadline::Clock::now());
    } else if (stop.deadline().has_passed()) {
      order = stop.on_deadline(Deadline::Clock::now());
    }
    if (order) carry_out(*order, httpd);
  }
}

std::uintmax_t size_of(const std::string& path) {
  std::error_code error;
  const auto size =
      std::filesystem::is_regular_file(path, error) ? std::filesystem::file_size(path, error) : 0;
  return error ? 0 : size;
}

std::string written_since(const std::string& path, std::uintmax_t start) {
  if (size_of(path) <= start) return {};
  const auto text = read_text(path);
  return text ? last_lines(std::string_view(*text).substr(start), kShownLines) : std::string();
}

tl::unexpected<Error> died(const std::string& how, const HttpdRun& run, std::uintmax_t log_start) {
  const std::string lines = written_since(run.error_log, log_start);
  return fail(Errc::kSystem, run.arguments.front() + " " + how +
                                 (lines.empty() ? "; its error log has the reason: " + run.error_log
                                                : "; the end of its error log:\n" + lines));
}

Command command_of(const HttpdRun& run) {
  Command command{.arguments = run.arguments, .environment = run.environment, .directory = "/"};
  // What it is told is about this process, and not for the application.
  command.environment.erase(Notifier::kVariable);
  command.environment[Backlog::kVariable] = std::to_string(kAnswerDescriptor);
  return command;
}

}  // namespace

Result<> run_httpd(const HttpdRun& run) {
  // Before httpd starts, so that no signal is lost.
  WARP_TRY(const UniqueFd signals,
           take_signals({SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGWINCH, SIGCHLD}));
  adopt_orphans();
  const std::uintmax_t log_start = size_of(run.error_log);
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  WARP_TRY(Backlog backlog, Backlog::create());
  WARP_TRY(const pid_t pid,
           start_process(command_of(run), {.input = nothing.get(), .answer = backlog.httpds_end()},
                         SIGTERM));
  backlog.close_httpds_end();
  Httpd httpd{.pid = pid,
              .server_root = run.server_root,
              .backlog = std::move(backlog),
              .notifier = Notifier(variable(run.environment, Notifier::kVariable))};
  StopSequence stop(run.times);
  const int status = watch(httpd, signals, stop);
  if (run.after_httpd) run.after_httpd();
  wait_for_all_children(Deadline::in(stop.time_for_orphans()));
  if (stop.is_stopping()) return {};
  if (WIFSIGNALED(status))
    return died("was ended by " + signal_name(WTERMSIG(status)), run, log_start);
  if (WEXITSTATUS(status) != 0)
    return died("ended with status " + std::to_string(WEXITSTATUS(status)), run, log_start);
  return {};
}

}  // namespace warp
