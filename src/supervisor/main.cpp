// warp-supervisor GROUP: keeps the workers of one process group alive. Started by httpd's parent,
// with what it needs at the descriptors of wire/heritage.hpp.
#include <unistd.h>

#include <csignal>
#include <exception>
#include <span>
#include <utility>

#include "base/log.hpp"
#include "base/signals.hpp"
#include "supervisor/supervisor.hpp"
#include "supervisor/surroundings.hpp"
#include "supervisor/worker_environment.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {
namespace {

Result<> supervise(std::span<char* const> arguments) {
  // First of all: a signal that comes during the start must wait for its reader.
  WARP_TRY(UniqueFd signals, take_signals({SIGTERM, SIGHUP, SIGUSR1, SIGCHLD}));
  // Ctrl-C goes to all of the terminal's processes; httpd decides what it means.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  WARP_TRY(Inheritance inheritance, take_inheritance(arguments));
  WARP_TRY(const LogLevel level, parse_log_level(inheritance.config.log_level));
  start_log("warp-supervisor", level);
  WARP_CHECK(enter_surroundings(inheritance.config));
  auto environment = worker_environment(environ, inheritance.config);
  Supervisor(std::move(inheritance), std::move(signals), std::move(environment)).run();
  return {};
}

int run(std::span<char* const> arguments) {
  start_log("warp-supervisor", LogLevel::kWarn);
  try {
    const auto ended = supervise(arguments);
    if (ended) return wire::kExitStopped;
    log_error("group can't start", {{"reason", describe(ended.error())}});
    return wire::kExitBadHeritage;
  } catch (const std::exception& error) {
    log(LogLevel::kCritical, "supervisor failed", {{"reason", error.what()}});
    return 1;
  }
}

}  // namespace
}  // namespace warp::supervisor

int main(int argc, char** argv) {
  return warp::supervisor::run(std::span(argv, static_cast<std::size_t>(argc)));
}
