#include "worker/worker_process.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "base/log.hpp"
#include "scoreboard/activity.hpp"
#include "worker/fork_guard.hpp"
#include "worker/lost_descriptor.hpp"
#include "worker/start_step.hpp"
#include "worker/stop_signal.hpp"
#include "worker/worker_threads.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;
using scoreboard::SlotState;

// How often a failed application's files are looked at.
constexpr auto kWatchInterval = 1s;

struct Reason {
  std::string_view text;  // for the log
  std::string_view word;  // for the application
  int exit_status;
};
// By WorkerProcess::StopReason.
constexpr std::array<Reason, 4> kReasons{{
    {"told to", "shutdown_signal", wire::kExitStopped},
    {"another worker has taken over", "replaced", wire::kExitStopped},
    {"nobody can ask any more", "graceful_restart", wire::kExitStopped},
    {"the failed application's files changed", "script_reload", wire::kExitFilesChanged},
}};

bool is_readable(const pollfd& entry) { return (entry.revents & POLLIN) != 0; }

// Ends the process from whatever hangs in it, saying what that is.
[[noreturn]] void give_up(const Inheritance& inheritance, int exit_status) {
  log_error("worker did not stop in time and ends itself",
            {{"group", inheritance.config.name}, {"slot", inheritance.slot}});
  for (const auto& busy : scoreboard::busy_threads(inheritance.board, inheritance.slot))
    log_error("request given up", {{"thread", busy.thread},
                                   {"method", busy.method},
                                   {"path", busy.path},
                                   {"stage", scoreboard::stage_text(busy.stage)},
                                   {"seconds", busy.age.count() / 1'000'000}});
  ::_exit(exit_status);
}

}  // namespace

WorkerProcess::WorkerProcess(Inheritance inheritance, std::unique_ptr<Application> application)
    : inheritance_(std::move(inheritance)), application_(std::move(application)) {}

Result<int> WorkerProcess::run() {
  WARP_CHECK(listen());
  accept(at_step(StartStep::kApplication, application_->load()));
  return serve();
}

Result<int> WorkerProcess::run_loaded(Result<> loaded) {
  WARP_CHECK(listen());
  accept(std::move(loaded));
  return serve();
}

Result<> WorkerProcess::listen() {
  const channel::Timeouts timeouts{.receive = inheritance_.config.socket_timeout,
                                   .send = inheritance_.config.socket_timeout};
  WARP_TRY(listener_, at_step(StartStep::kListener, Listener::create(inheritance_.connector.get(),
                                                                     {.timeouts = timeouts})));
  guard_forks(*listener_);
  const wire::GroupConfig& config = inheritance_.config;
  if (!config.script_reloading || config.target_kind != wire::TargetKind::kScript) return {};
  WARP_TRY(script_watch_, at_step(StartStep::kApplication, ScriptWatch::create(config.target)));
  return {};
}

void WorkerProcess::accept(Result<> loaded) {
  if (loaded) return;
  log_info("requests are answered 500 until the application can be loaded",
           {{"group", inheritance_.config.name}, {"reason", describe(loaded.error())}});
  watched_files_.emplace(application_->files_to_watch());
  script_watch_.reset();
}

Result<int> WorkerProcess::serve() {
  // Only now: until requests are taken, SIGTERM ends the process at once, and what the application
  // has done to signals while it was imported does not keep it from stopping.
  WARP_TRY(stop_signal_, at_step(StartStep::kSignals, take_stop_signal()));
  WorkerThreads threads({.application = *application_,
                         .listener = *listener_,
                         .script_watch = script_watch_.get(),
                         .board = inheritance_.board,
                         .slot = inheritance_.slot},
                        inheritance_.config.threads);
  report(watched_files_ ? wire::WorkerStatus::kFailed : wire::WorkerStatus::kReady);
  const StopReason reason = wait_for_reason();
  begin_drain(reason);
  const StopLimit limit(limits(reason));
  application_->begin_stop(kReasons[static_cast<std::size_t>(reason)].word);
  threads.join();
  application_->stop();
  return kReasons[static_cast<std::size_t>(reason)].exit_status;
}

void WorkerProcess::report(wire::WorkerStatus status) const {
  const char byte = static_cast<char>(status);
  // A supervisor that is gone has sent SIGTERM by its death.
  [[maybe_unused]] const ssize_t written = ::write(inheritance_.status.get(), &byte, 1);
}

WorkerProcess::StopReason WorkerProcess::wait_for_reason() {
  std::array<pollfd, 3> events{{{stop_signal_.event(), POLLIN, 0},
                                {listener_->connector_closed_event(), POLLIN, 0},
                                {script_watch_ ? script_watch_->event() : -1, POLLIN, 0}}};
  constexpr int kInterval = std::chrono::milliseconds(kWatchInterval).count();
  while (true) {
    const int count = ::poll(events.data(), events.size(), watched_files_ ? kInterval : -1);
    if (count < 0) continue;  // a signal, whose event comes next
    for (const pollfd& event : events)
      if ((event.revents & POLLNVAL) != 0) end_without_descriptor("stop signal or event");
    if (is_readable(events[0]))
      return stop_signal_.is_handover() ? StopReason::kReplaced : StopReason::kTold;
    if (is_readable(events[1])) return StopReason::kNobodyAsks;
    if (is_readable(events[2]) && script_watch_->take_event())
      report(wire::WorkerStatus::kScriptChanged);
    if (watched_files_ && watched_files_->have_changed()) return StopReason::kFilesChanged;
  }
}

void WorkerProcess::begin_drain(StopReason reason) {
  log_info("worker stops", {{"group", inheritance_.config.name},
                            {"slot", inheritance_.slot},
                            {"reason", kReasons[static_cast<std::size_t>(reason)].text}});
  inheritance_.board.set_state(inheritance_.slot, SlotState::kDraining);
  listener_->drain();
  // Those that no thread has taken need not wait for one of this worker's.
  if (reason == StopReason::kReplaced) listener_->turn_away_waiting();
}

// The supervisor kills at the end of the shutdown time-out; the worker, which knows more about what
// hangs, says so a little earlier.
std::vector<StopLimit::Step> WorkerProcess::limits(StopReason reason) {
  const int exit_status = kReasons[static_cast<std::size_t>(reason)].exit_status;
  const auto graceful = inheritance_.config.graceful_timeout;
  const auto last = graceful + inheritance_.config.shutdown_timeout * 3 / 4;
  return {{.at = Deadline::in(graceful), .act = [this] { listener_->turn_away_waiting(); }},
          {.at = Deadline::in(last),
           .act = [this, exit_status] { give_up(inheritance_, exit_status); }}};
}

}  // namespace warp::worker
