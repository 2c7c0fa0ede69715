#include "worker/template_process.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "base/signals.hpp"
#include "base/strings.hpp"
#include "worker/crash_marks.hpp"
#include "worker/inspector.hpp"
#include "worker/orphan.hpp"
#include "worker/start_step.hpp"
#include "worker/worker_process.hpp"

namespace warp::worker {

TemplateProcess::TemplateProcess(TemplateInheritance inheritance,
                                 std::unique_ptr<Application> application, std::span<char> title)
    : inheritance_(std::move(inheritance)),
      application_(std::move(application)),
      title_(title),
      supervisor_(::getppid()) {}

Result<int> TemplateProcess::run() {
  WARP_CHECK(at_step(StartStep::kSignals, mark_crashes()));
  if (Inspector* const inspector = application_->inspector())
    inspector->report_crashes_to(inheritance_.crash.get());
  Result<> loaded = at_step(StartStep::kApplication, application_->load());
  if (loaded && !is_fit_to_fork()) {
    report(wire::WorkerStatus::kUnfitToFork);
    ::_exit(wire::kExitStopped);
  }
  if (loaded) code_ = LoadedCode(application_->imported_files());
  application_->prepare_to_fork();
  report(loaded ? wire::WorkerStatus::kReady : wire::WorkerStatus::kFailed);
  while (true) {
    auto order = channel::receive_order(inheritance_.orders.get());
    if (!order) log_error("template can't go on", {{"reason", describe(order.error())}});
    if (!order || !*order) ::_exit(wire::kExitStopped);
    const pid_t worker = fork_orphan(*application_);
    if (worker == 0) return become_worker(**std::move(order), std::move(loaded));
    // A supervisor that is gone has ended this process by its death.
    (void)channel::answer_order(inheritance_.orders.get(), std::max(worker, 0));
  }
}

bool TemplateProcess::is_fit_to_fork() {
  const auto obstacles = application_->fork_obstacles(inheritance_.orders.get());
  if (obstacles.empty()) return true;
  log_warn(
      "the application can't be preloaded, so each worker imports it by itself: at import it "
      "opens what a forked process can't use; open that later, or say preload=off",
      {{"group", inheritance_.config.name}, {"found", join(obstacles, ", ")}});
  return false;
}

void TemplateProcess::report(wire::WorkerStatus status) {
  const char byte = static_cast<char>(status);
  // A supervisor that is gone has sent SIGTERM by its death.
  [[maybe_unused]] const ssize_t written = ::write(inheritance_.status.get(), &byte, 1);
  inheritance_.status.reset();
}

Result<int> TemplateProcess::become_worker(channel::ForkOrder order, Result<> loaded) {
  WARP_CHECK(await_parent(supervisor_));
  end_with_parent(SIGTERM, supervisor_);
  inheritance_.orders.reset();
  const std::string number = std::to_string(order.slot);
  std::fill(title_.begin(), title_.end(), '\0');
  std::copy_n(number.begin(), std::min(number.size(), title_.size()), title_.begin());
  if (order.slot >= inheritance_.board.dimensions().slots)
    return fail(Errc::kProtocol, "slot " + number + " does not fit the scoreboard");
  // Python has the number, and the file behind it shall be this worker's own.
  if (::dup3(order.crash.get(), inheritance_.crash.get(), O_CLOEXEC) < 0)
    return fail_errno("take over the file for a crash");
  keep_crash_marks();
  WorkerProcess process({.config = std::move(inheritance_.config),
                         .slot = order.slot,
                         .board = std::move(inheritance_.board),
                         .connector = std::move(order.connector),
                         .status = std::move(order.status),
                         .crash = std::move(inheritance_.crash)},
                        std::move(application_));
  return process.run_loaded(std::move(loaded), std::move(code_));
}

}  // namespace warp::worker
