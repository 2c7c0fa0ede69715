#include "launcher/run/run_httpd.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>

#include "base/signals.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/subprocess.hpp"
#include "launcher/run/process_tree.hpp"
#include "launcher/run/stop_sequence.hpp"

namespace warp {
namespace {

constexpr std::size_t kShownLines = 10;

void carry_out(Order order, pid_t httpd) {
  switch (order) {
    case Order::kGracefulStop:
      ::kill(httpd, handles_signal(httpd, SIGWINCH) ? SIGWINCH : SIGTERM);
      return;
    case Order::kGracefulRestart:
      if (handles_signal(httpd, SIGUSR1)) ::kill(httpd, SIGUSR1);
      return;
    case Order::kTerminate:
      ::kill(httpd, SIGTERM);
      return;
    case Order::kKill:
      ::kill(-httpd, SIGKILL);
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
int watch(pid_t httpd, const UniqueFd& signals, StopSequence& stop) {
  for (;;) {
    if (const auto status = reap(httpd)) return *status;
    pollfd wait{signals.get(), POLLIN, 0};
    const int ready = ::poll(&wait, 1, stop.deadline().poll_timeout());
    std::optional<Order> order;
    signalfd_siginfo info{};
    if (ready > 0 && ::read(signals.get(), &info, sizeof info) == sizeof info) {
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

}  // namespace

Result<> run_httpd(const HttpdRun& run) {
  // Before httpd starts, so that no signal is lost.
  WARP_TRY(const UniqueFd signals,
           take_signals({SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGUSR1, SIGWINCH, SIGCHLD}));
  adopt_orphans();
  const std::uintmax_t log_start = size_of(run.error_log);
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  WARP_TRY(
      const pid_t httpd,
      start_process({.arguments = run.arguments, .environment = run.environment, .directory = "/"},
                    {.input = nothing.get()}, SIGTERM));
  StopSequence stop(run.graceful_timeout, run.shutdown_timeout);
  const int status = watch(httpd, signals, stop);
  wait_for_all_children(Deadline::in(run.shutdown_timeout));
  if (stop.is_stopping()) return {};
  if (WIFSIGNALED(status))
    return died("was ended by " + signal_name(WTERMSIG(status)), run, log_start);
  if (WEXITSTATUS(status) != 0)
    return died("ended with status " + std::to_string(WEXITSTATUS(status)), run, log_start);
  return {};
}

}  // namespace warp
