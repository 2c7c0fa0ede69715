#include "worker/watchdog.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "base/log.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;

// For the interpreter's lock, before the stacks are read without it.
constexpr auto kPatience = 1s;
// How often the lock is tried while requests are served, and how often it is looked whether any
// are.
constexpr std::chrono::milliseconds kProbeInterval = 1s;
constexpr std::chrono::milliseconds kLongestIdle = 30s;
// httpd's child, whose time for the request has begun a little earlier, and on a finer clock, goes
// first: it answers 504, whatever the application does when it is interrupted.
constexpr auto kChildsLead = 20ms;
// A draining worker with nothing but overdue requests keeps them for so long, since a child that
// has to wait for its turn on a busy machine would find them lost (502) instead of late (504).
constexpr auto kTimeToAnswer = 500ms;
// A thread notes when a request begins by a clock that can be so far behind.
constexpr auto kTick = 10ms;
// How soon the end of a draining worker's other requests is noticed.
constexpr auto kDrainInterval = 20ms;

void signal_event(const UniqueFd& event) {
  const std::uint64_t one = 1;
  // Can fail only when it is readable already.
  [[maybe_unused]] const ssize_t written = ::write(event.get(), &one, sizeof one);
}

bool take_event(const pollfd& entry) {
  std::uint64_t count = 0;
  return (entry.revents & POLLIN) != 0 && ::read(entry.fd, &count, sizeof count) > 0;
}

}  // namespace

Result<std::unique_ptr<Watchdog>> Watchdog::create(const Subjects& subjects,
                                                   const WatchLimits& limits, WatchEvents events) {
  UniqueFd wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake) return fail_errno("eventfd");
  return std::unique_ptr<Watchdog>(
      new Watchdog(subjects, limits, std::move(events), std::move(wake)));
}

Watchdog::Watchdog(const Subjects& subjects, const WatchLimits& limits, WatchEvents events,
                   UniqueFd wake)
    : subjects_(subjects),
      limits_(limits),
      events_(std::move(events)),
      report_(subjects.threads, subjects.board, subjects.slot),
      wake_(std::move(wake)),
      cases_(subjects.threads.size()),
      logged_slow_(subjects.threads.size()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Watchdog::drain() {
  is_draining_ = true;
  signal_event(wake_);
}

void Watchdog::run(const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [this] { signal_event(wake_); });
  while (!stop.stop_requested()) {
    try {
      const Clock::time_point now = Clock::now();
      const Clock::time_point next = std::min(
          {look_at_requests(now), look_for_slow(now), look_at_drain(now), look_at_lock(now)});
      wait_until(next);
    } catch (const std::exception& error) {
      // Memory has run out; what was to be noticed still is.
      log_error("watchdog hindered", {{"reason", error.what()}});
      wait_until(Clock::now() + kPatience);
    }
  }
}

void Watchdog::wait_until(Clock::time_point when) {
  std::array<pollfd, 2> events{{{wake_.get(), POLLIN, 0}, {subjects_.stacks_wanted, POLLIN, 0}}};
  if (::poll(events.data(), events.size(), Deadline(when).poll_timeout()) <= 0) return;
  (void)take_event(events[0]);
  if (take_event(events[1])) log_all_stacks();
}

// A request that begins after this look is late at the earliest when the next one is due.
Watchdog::Clock::time_point Watchdog::look_at_requests(Clock::time_point now) {
  if (limits_.request == 0ms) return Clock::time_point::max();
  Clock::time_point next = now + limits_.request;
  std::vector<std::uint32_t> late;
  for (std::uint32_t index = 0; index < cases_.size(); ++index) {
    Case& each = cases_[index];
    const auto request = subjects_.threads[index].request();
    if (!request || request->number != each.number)
      each = {.number = request ? request->number : 0, .phase = Phase::kInTime, .until = {}};
    if (!request || each.phase == Phase::kOverdue) continue;
    const Clock::time_point due = each.phase == Phase::kInTime ? time_is_up(*request) : each.until;
    if (due <= now)
      late.push_back(index);
    else
      next = std::min(next, due);
  }
  if (late.empty()) return next;
  deal_with(late);
  // Time has passed meanwhile.
  return now;
}

Watchdog::Clock::time_point Watchdog::time_is_up(const ServingThread::Request& request) const {
  return request.silent_since + limits_.request + kChildsLead;
}

void Watchdog::deal_with(const std::vector<std::uint32_t>& late) {
  const std::vector<ThreadStack> stacks = take_stacks();
  for (const std::uint32_t index : late) {
    Case& each = cases_[index];
    const auto request = subjects_.threads[index].request();
    if (!request || request->number != each.number) continue;
    // It may have gone on while the stacks were taken.
    if (each.phase == Phase::kInTime && time_is_up(*request) > Clock::now()) continue;
    const bool is_interrupted =
        each.phase == Phase::kInTime && limits_.interrupt > 0ms && subjects_.inspector != nullptr;
    const std::string_view event = is_interrupted ? "request overdue, it is interrupted "
                                   : each.phase == Phase::kInterrupted
                                       ? "request overdue, it goes on though interrupted "
                                       : "request overdue ";
    log_lines(LogLevel::kError, std::string(event) + report_.request_line(index, *request) + "\n" +
                                    report_.of_thread(index, stacks));
    if (!is_interrupted) {
      each.phase = Phase::kOverdue;
      report_overdue();
      continue;
    }
    each.phase = Phase::kInterrupted;
    each.until = Clock::now() + limits_.interrupt;
    errands_.send([inspector = subjects_.inspector, number = each.number] {
      (void)inspector->interrupt(number);
    });
  }
}

void Watchdog::report_overdue() {
  if (!std::exchange(has_reported_, true)) events_.overdue();
}

Watchdog::Clock::time_point Watchdog::slow_at(const ServingThread::Request& request) const {
  return request.started + limits_.slow + kTick;
}

// As in look_at_requests(); but what counts is the whole request, whoever is waited for.
Watchdog::Clock::time_point Watchdog::look_for_slow(Clock::time_point now) {
  if (limits_.slow == 0ms) return Clock::time_point::max();
  Clock::time_point next = now + limits_.slow;
  std::vector<std::uint32_t> slow;
  for (std::uint32_t index = 0; index < logged_slow_.size(); ++index) {
    const auto request = subjects_.threads[index].request();
    if (!request || request->number == logged_slow_[index]) continue;
    const Clock::time_point due = slow_at(*request);
    if (due <= now)
      slow.push_back(index);
    else
      next = std::min(next, due);
  }
  if (slow.empty()) return next;
  log_slow(slow);
  // Time has passed meanwhile.
  return now;
}

void Watchdog::log_slow(const std::vector<std::uint32_t>& slow) {
  const std::vector<ThreadStack> stacks = take_stacks();
  for (const std::uint32_t index : slow) {
    const auto request = subjects_.threads[index].request();
    // It may have ended while the stacks were taken, and the next one may have begun.
    if (!request || slow_at(*request) > Clock::now()) continue;
    logged_slow_[index] = request->number;
    log_lines(LogLevel::kWarn, "request is slow " + report_.request_line(index, *request) + "\n" +
                                   report_.of_thread(index, stacks));
  }
}

Watchdog::Clock::time_point Watchdog::look_at_drain(Clock::time_point now) {
  if (!is_draining_) return Clock::time_point::max();
  std::size_t busy = 0;
  std::size_t overdue = 0;
  bool has_overdue = false;
  for (std::size_t index = 0; index < cases_.size(); ++index) {
    const auto request = subjects_.threads[index].request();
    if (!request) continue;
    ++busy;
    if (cases_[index].phase != Phase::kOverdue || cases_[index].number != request->number) continue;
    has_overdue = true;
    if (time_is_up(*request) + kTimeToAnswer <= now) ++overdue;
  }
  if (!has_overdue) return Clock::time_point::max();
  if (overdue == busy) events_.only_overdue_left(overdue);
  return now + kDrainInterval;
}

// An errand that waits for the lock tells by its age how long that has not been free. While no
// request is served nobody misses it.
Watchdog::Clock::time_point Watchdog::look_at_lock(Clock::time_point now) {
  if (limits_.deadlock == 0ms || subjects_.inspector == nullptr) return Clock::time_point::max();
  const auto interval = std::min(kProbeInterval, limits_.deadlock / 2);
  if (const auto since = errands_.busy_since()) {
    if (*since + limits_.deadlock <= now) give_up_on_lock();
    return std::min(now + interval, std::max(now, *since + limits_.deadlock));
  }
  if (!is_any_busy()) return now + std::clamp(limits_.deadlock / 10, interval, kLongestIdle);
  if (last_probe_ + interval <= now) {
    last_probe_ = now;
    errands_.send([inspector = subjects_.inspector] { inspector->wait_for_lock(); });
  }
  return last_probe_ + interval;
}

void Watchdog::give_up_on_lock() {
  log_lines(LogLevel::kCritical,
            "worker is deadlocked: the interpreter's lock (GIL) has not been free for "
            "deadlock-timeout; it ends itself\n" +
                report_.of_all(subjects_.inspector->stacks_without_lock()));
  events_.deadlocked();
  limits_.deadlock = 0ms;
}

void Watchdog::log_all_stacks() {
  log_lines(LogLevel::kWarn,
            "stacks of all threads, as a signal has asked for\n" + report_.of_all(take_stacks()));
}

std::vector<ThreadStack> Watchdog::take_stacks() {
  Inspector* const inspector = subjects_.inspector;
  if (inspector == nullptr) return {};
  // Somebody waits for the lock already, and has done so for long.
  const auto since = errands_.busy_since();
  if (since && *since + kPatience <= Clock::now()) return inspector->stacks_without_lock();
  const auto stacks = std::make_shared<std::vector<ThreadStack>>();
  if (errands_.run([inspector, stacks] { *stacks = inspector->stacks(); }, Deadline::in(kPatience)))
    return std::move(*stacks);
  return inspector->stacks_without_lock();
}

bool Watchdog::is_any_busy() const {
  return std::any_of(subjects_.threads.begin(), subjects_.threads.end(),
                     [](const ServingThread& thread) { return thread.is_busy(); });
}

}  // namespace warp::worker
