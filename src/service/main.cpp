// warp-service NAME SECONDS PROGRAM [ARGUMENT...]: keeps a program running until SIGTERM, then ends
// it within so many seconds.
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <span>
#include <string>

#include "base/deadline.hpp"
#include "base/log.hpp"
#include "base/signals.hpp"
#include "base/strings.hpp"
#include "service/keeper.hpp"
#include "service/program.hpp"

namespace warp::service {
namespace {

constexpr std::size_t kFirstWord = 3;

std::string end_in_words(int status) {
  return WIFSIGNALED(status) ? signal_name(WTERMSIG(status))
                             : "status " + std::to_string(WEXITSTATUS(status));
}

class Service final {
 public:
  Service(std::string name, std::chrono::seconds patience, std::span<char* const> words)
      : name_(std::move(name)), keeper_(patience), words_(words) {}

  void run(const UniqueFd& signals) {
    carry_out(Keeper::Order::kStart);
    while (!has_ended_) {
      pollfd wait{signals.get(), POLLIN, 0};
      const auto deadline = keeper_.deadline();
      const int ready = ::poll(&wait, 1, deadline ? Deadline(*deadline).poll_timeout() : -1);
      if (ready > 0) take_signal(signals);
      if (ready == 0 && keeper_.deadline())
        if (const auto order = keeper_.on_deadline()) carry_out(*order);
    }
  }

 private:
  void take_signal(const UniqueFd& signals) {
    signalfd_siginfo info{};
    if (::read(signals.get(), &info, sizeof info) != sizeof info) return;
    if (static_cast<int>(info.ssi_signo) != SIGCHLD) return carry_out(keeper_.stop(Clock::now()));
    const auto status = program_ > 0 ? reap(program_) : std::nullopt;
    if (!status) return;
    log(keeper_.is_stopping() ? LogLevel::kInfo : LogLevel::kWarn, "service ended",
        {{"service", name_}, {"pid", program_}, {"by", end_in_words(*status)}});
    after_end();
  }

  void after_end() {
    program_ = 0;
    if (const auto order = keeper_.ended(Clock::now())) carry_out(*order);
  }

  void carry_out(Keeper::Order order) {
    switch (order) {
      case Keeper::Order::kStart:
        return start();
      case Keeper::Order::kTerminate:
        return signal_program(program_, SIGTERM);
      case Keeper::Order::kKill:
        log_warn("service killed: it did not stop in time",
                 {{"service", name_}, {"pid", program_}});
        return signal_program(program_, SIGKILL);
      case Keeper::Order::kEnd:
        has_ended_ = true;
    }
  }

  void start() {
    const auto program = start_program(words_);
    if (!program) {
      log_error("service can't be started",
                {{"service", name_}, {"reason", describe(program.error())}});
      return after_end();
    }
    program_ = *program;
    keeper_.started(Clock::now());
    log_info("service started", {{"service", name_}, {"pid", program_}});
  }

  std::string name_;
  Keeper keeper_;
  std::span<char* const> words_;
  pid_t program_ = 0;
  bool has_ended_ = false;
};

Result<> keep(std::span<char* const> arguments) {
  constexpr std::uint64_t kLongest = 86'400;
  const auto seconds = arguments.size() > kFirstWord ? parse_unsigned(arguments[2]) : std::nullopt;
  if (!seconds || *seconds > kLongest)
    return fail(Errc::kUsage, "usage: warp-service NAME SECONDS PROGRAM [ARGUMENT...]");
  WARP_TRY(const UniqueFd signals, take_signals({SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGCHLD}));
  Service(arguments[1], std::chrono::seconds(*seconds), arguments.subspan(kFirstWord)).run(signals);
  return {};
}

int run(std::span<char* const> arguments) {
  start_log("warp-service", LogLevel::kInfo);
  try {
    const auto kept = keep(arguments);
    if (kept) return 0;
    log_error("service not kept", {{"reason", describe(kept.error())}});
  } catch (const std::exception& bug) {
    log(LogLevel::kCritical, "service keeper failed", {{"reason", bug.what()}});
  }
  return 1;
}

}  // namespace
}  // namespace warp::service

int main(int argc, char** argv) {
  return warp::service::run(std::span(argv, static_cast<std::size_t>(argc)));
}
