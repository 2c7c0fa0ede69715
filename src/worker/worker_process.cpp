#include "worker/worker_process.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "base/log.hpp"
#include "scoreboard/activity.hpp"
#include "worker/crash_marks.hpp"
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

// What the main thread waits for.
enum Event : std::size_t { kStop, kReplaced, kNobody, kScript, kCode, kCodeCheck, kEvents };

bool is_readable(const pollfd& event) { return (event.revents & POLLIN) != 0; }

void log_given_up(const Inheritance& inheritance) {
  for (const auto& busy : scoreboard::busy_threads(inheritance.board, inheritance.slot))
    log_error("request given up", {{"thread", busy.thread},
                                   {"method", busy.method},
                                   {"path", busy.path},
                                   {"stage", scoreboard::stage_text(busy.stage)},
                                   {"seconds", busy.age.count() / 1'000'000}});
}

}  // namespace

WorkerProcess::WorkerProcess(Inheritance inheritance, std::unique_ptr<Application> application)
    : inheritance_(std::move(inheritance)),
      application_(std::move(application)),
      status_(std::move(inheritance_.status)),
      serving_(inheritance_.config.threads) {}

Result<int> WorkerProcess::run() {
  WARP_CHECK(at_step(StartStep::kSignals, mark_crashes()));
  WARP_CHECK(listen());
  if (Inspector* const inspector = application_->inspector())
    inspector->report_crashes_to(inheritance_.crash.get());
  Result<> loaded = at_step(StartStep::kApplication, application_->load());
  if (loaded) code_ = LoadedCode(application_->imported_files());
  accept(std::move(loaded));
  return serve();
}

Result<int> WorkerProcess::run_loaded(Result<> loaded, LoadedCode code) {
  WARP_CHECK(listen());
  code_ = std::move(code);
  accept(std::move(loaded));
  return serve();
}

Result<> WorkerProcess::listen() {
  const channel::Timeouts timeouts{.receive = inheritance_.config.socket_timeout,
                                   .send = inheritance_.config.socket_timeout};
  WARP_TRY(listener_, at_step(StartStep::kListener, Listener::create(inheritance_.connector.get(),
                                                                     {.timeouts = timeouts})));
  guard_forks(*listener_, {.status = status_.fd(), .crash = inheritance_.crash.get()});
  // Early, so that asking for the stacks of a worker that is not ready yet does not end it.
  WARP_TRY(stacks_signal_, at_step(StartStep::kSignals, take_stacks_signal()));
  return at_step(StartStep::kApplication, watch_script());
}

void WorkerProcess::accept(Result<> loaded) {
  if (loaded) return;
  log_info("requests are answered 500 until the application can be loaded",
           {{"group", inheritance_.config.name}, {"reason", describe(loaded.error())}});
  watched_files_.emplace(application_->files_to_watch());
  script_watch_.reset();
}

Result<int> WorkerProcess::serve() {
  WARP_CHECK(at_step(StartStep::kSignals, keep_stacks_signal()));
  // Only now: until requests are taken, SIGTERM ends the process at once, and what the application
  // has done to signals while it was imported does not keep it from stopping.
  WARP_TRY(stop_signals_, at_step(StartStep::kSignals, take_stop_signals()));
  WARP_CHECK(at_step(StartStep::kWatchdog, watch_threads()));
  WARP_CHECK(at_step(StartStep::kApplication, watch_code()));
  WorkerThreads threads = start_threads();
  status_.report(watched_files_ ? wire::WorkerStatus::kFailed : wire::WorkerStatus::kReady);
  const StopReason reason = wait_for_reason();
  begin_drain(reason);
  const StopLimit limit(limits(reason));
  application_->begin_stop(kReasons[static_cast<std::size_t>(reason)].word);
  threads.join();
  code_watch_.reset();
  watchdog_.reset();
  application_->stop();
  return exit_status_;
}

Result<> WorkerProcess::watch_threads() {
  const wire::GroupConfig& config = inheritance_.config;
  WARP_TRY(watchdog_, Watchdog::create({.threads = serving_,
                                        .inspector = application_->inspector(),
                                        .board = inheritance_.board,
                                        .slot = inheritance_.slot,
                                        .stacks_wanted = stacks_signal_.get()},
                                       {.request = config.request_timeout,
                                        .interrupt = config.interrupt_timeout,
                                        .deadlock = config.deadlock_timeout,
                                        .slow = config.slow_request},
                                       watch_events()));
  return {};
}

WatchEvents WorkerProcess::watch_events() {
  return {.overdue = [this] { status_.report(wire::WorkerStatus::kOverdue); },
          .deadlocked = [] { ::_exit(wire::kExitDeadlocked); },
          .only_overdue_left =
              [this](std::size_t overdue) {
                // Those that have arrived and wait for a thread are for another worker.
                listener_->turn_away_waiting();
                if (listener_->served_count() == overdue)
                  end_stuck("worker ends: all requests that it has left are overdue");
              }};
}

WorkerThreads WorkerProcess::start_threads() {
  const std::uint32_t most = inheritance_.config.maximum_requests;
  if (most > 0)
    limit_.emplace(scattered(most), [this] { status_.report(wire::WorkerStatus::kLimitReached); });
  return WorkerThreads({.application = *application_,
                        .listener = *listener_,
                        .script_watch = script_watch_.get(),
                        .limit = limit_ ? &*limit_ : nullptr,
                        .threads = serving_,
                        .board = inheritance_.board,
                        .slot = inheritance_.slot});
}

Result<> WorkerProcess::watch_script() {
  const wire::GroupConfig& config = inheritance_.config;
  // The other watch has it among its files.
  if (config.reload_on_changes) return {};
  if (!config.script_reloading || config.target_kind != wire::TargetKind::kScript) return {};
  WARP_TRY(script_watch_, ScriptWatch::create(config.target));
  return {};
}

Result<> WorkerProcess::watch_code() {
  const wire::GroupConfig& config = inheritance_.config;
  // Of a failed application other files are watched.
  if (watched_files_ || (!config.script_reloading && !config.reload_on_changes)) return {};
  WARP_TRY(code_watch_, CodeWatch::create(*application_, std::move(code_),
                                          config.reload_on_changes ? CodeWatch::Mode::kAlways
                                                                   : CodeWatch::Mode::kWhenAsked));
  return {};
}

void WorkerProcess::on_code_check() {
  std::uint64_t count = 0;
  const bool is_asked = ::read(stop_signals_.code_check.get(), &count, sizeof count) > 0;
  if (is_asked && code_watch_) code_watch_->look();
}

WorkerProcess::StopReason WorkerProcess::wait_for_reason() {
  std::array<pollfd, kEvents> events{};
  for (pollfd& event : events) event.events = POLLIN;
  events[kStop].fd = stop_signals_.stop.get();
  events[kReplaced].fd = stop_signals_.replaced.get();
  events[kNobody].fd = listener_->connector_closed_event();
  events[kScript].fd = script_watch_ ? script_watch_->event() : -1;
  events[kCode].fd = code_watch_ ? code_watch_->event() : -1;
  events[kCodeCheck].fd = stop_signals_.code_check.get();
  constexpr int kInterval = std::chrono::milliseconds(kWatchInterval).count();
  while (true) {
    const int count = ::poll(events.data(), events.size(), watched_files_ ? kInterval : -1);
    if (count < 0) continue;  // a signal, whose event comes next
    if (const auto reason = reason_in(events)) return *reason;
    deal_with(events);
    if (watched_files_ && watched_files_->have_changed()) return StopReason::kFilesChanged;
  }
}

std::optional<WorkerProcess::StopReason> WorkerProcess::reason_in(std::span<const pollfd> events) {
  if (std::any_of(events.begin(), events.end(),
                  [](const pollfd& event) { return (event.revents & POLLNVAL) != 0; }))
    end_without_descriptor("stop signal or event");
  if (is_readable(events[kStop])) return StopReason::kTold;
  if (is_readable(events[kReplaced])) return StopReason::kReplaced;
  if (is_readable(events[kNobody])) return StopReason::kNobodyAsks;
  return std::nullopt;
}

void WorkerProcess::deal_with(std::span<const pollfd> events) {
  if (is_readable(events[kCodeCheck])) on_code_check();
  const bool is_script = is_readable(events[kScript]) && script_watch_->take_event();
  const bool is_code = is_readable(events[kCode]) && code_watch_->take_event();
  if (is_script || is_code) status_.report(wire::WorkerStatus::kScriptChanged);
}

void WorkerProcess::begin_drain(StopReason reason) {
  const Reason& why = kReasons[static_cast<std::size_t>(reason)];
  log_info(
      "worker stops",
      {{"group", inheritance_.config.name}, {"slot", inheritance_.slot}, {"reason", why.text}});
  exit_status_ = why.exit_status;
  inheritance_.board.set_state(inheritance_.slot, SlotState::kDraining);
  listener_->drain();
  // Those who wait for a thread here can have one there.
  if (reason == StopReason::kReplaced) listener_->turn_away_waiting();
  watchdog_->drain();
}

// The supervisor kills at the end of the shutdown time-out; the worker, which knows more about what
// hangs, says so a little earlier.
std::vector<StopLimit::Step> WorkerProcess::limits(StopReason reason) {
  const wire::GroupConfig& config = inheritance_.config;
  const auto graceful =
      reason == StopReason::kReplaced ? config.eviction_timeout : config.graceful_timeout;
  const auto last = graceful + config.shutdown_timeout * 3 / 4;
  return {{.at = Deadline::in(graceful), .act = [this] { listener_->turn_away_waiting(); }},
          {.at = Deadline::in(last),
           .act = [this] { end_stuck("worker did not stop in time and ends itself"); }}};
}

// Ends the process from whatever hangs in it, saying what that is.
void WorkerProcess::end_stuck(std::string_view event) {
  log_error(event, {{"group", inheritance_.config.name}, {"slot", inheritance_.slot}});
  log_given_up(inheritance_);
  ::_exit(exit_status_);
}

}  // namespace warp::worker
