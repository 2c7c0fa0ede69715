#include "supervisor/generation.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"

namespace warp::supervisor {

using Phase = Slot::Phase;

Generation::Generation(std::uint32_t number, Duty duty, std::vector<Slot*> slots, WorkerHost& host)
    : number_(number), duty_(duty), slots_(std::move(slots)), host_(host) {}

void Generation::begin(Preload preload, std::chrono::milliseconds startup_timeout) {
  for (Slot* const slot : slots_) slot->await(duty_, number_);
  if (preload == Preload::kOn) {
    const auto started = host_.start_template(number_);
    if (started) {
      has_template_ = true;
      stage_ = Stage::kImporting;
      if (startup_timeout.count() > 0) deadline_ = host_.now() + startup_timeout;
      return;
    }
    log_error("template can't be started; each worker imports the application by itself",
              {{"generation", number_}, {"reason", describe(started.error())}});
  }
  start_workers();
}

void Generation::start_workers() {
  stage_ = Stage::kStarting;
  // Beside workers that serve, one import is enough to see that the code is broken.
  if (duty_ == Duty::kCandidate && !has_template_) return slots_.front()->start(duty_, number_);
  start_awaiting();
}

void Generation::start_awaiting() {
  for (Slot* const slot : slots_)
    if (slot->phase() == Phase::kAwaiting) slot->start(duty_, number_);
}

void Generation::on_template_status(wire::WorkerStatus status) {
  if (stage_ != Stage::kImporting) return;
  deadline_.reset();
  if (status == wire::WorkerStatus::kReady) return start_workers();
  if (status == wire::WorkerStatus::kFailed) return fail_import();
  has_template_ = false;
  if (status == wire::WorkerStatus::kUnfitToFork) start_workers();
}

// The template has the reason, which has been logged, and can fork one worker that answers 500
// without importing, and logging, everything again.
void Generation::fail_import() {
  stage_ = Stage::kFailed;
  if (duty_ == Duty::kServing) {
    slots_.front()->start(duty_, number_);
    keep_first_slot();
  }
  end_template();
}

void Generation::on_template_exit() {
  const bool was_needed = stage_ == Stage::kImporting;
  has_template_ = false;
  if (!was_needed) return;
  deadline_.reset();
  if (duty_ == Duty::kCandidate) {
    stage_ = Stage::kFailed;
    return;
  }
  log_warn("template ended before it was ready; each worker imports the application by itself",
           {{"generation", number_}});
  start_workers();
}

void Generation::on_deadline() {
  deadline_.reset();
  log_error(
      "template ended: the application was not imported within startup-timeout; see what it does "
      "at import, or raise the limit",
      {{"generation", number_}});
  end_template();
  on_template_exit();
}

void Generation::look_at_slots() {
  if (stage_ != Stage::kStarting) return;
  const bool is_candidate = duty_ == Duty::kCandidate;
  if (is_candidate && (any_in(Phase::kFailed) || any_in(Phase::kEmpty))) {
    stage_ = Stage::kFailed;
    return;
  }
  if (is_candidate && slots_.front()->phase() == Phase::kReady) start_awaiting();
  if (all_in(Phase::kReady)) stage_ = Stage::kReady;
}

void Generation::promote() {
  duty_ = Duty::kServing;
  for (Slot* const slot : slots_) slot->promote();
}

bool Generation::keep_failed_worker() {
  if (slots_.front()->phase() != Phase::kFailed) return false;
  const bool is_alone = slots_.size() == 1;
  keep_first_slot();
  // Once its worker is mended, it is all that is wanted, or what shows that others can follow.
  stage_ = is_alone ? Stage::kStarting : Stage::kFailed;
  return true;
}

void Generation::keep_first_slot() {
  for (Slot* const slot : slots_)
    if (slot->phase() == Phase::kAwaiting) slot->retire();
  slots_.resize(1);  // the others are free for the next generation
}

void Generation::retire() {
  end_template();
  for (Slot* const slot : slots_) slot->retire();
}

void Generation::abandon() {
  end_template();
  for (Slot* const slot : slots_) slot->stop();
}

void Generation::replace(Slot* from, Slot* to) {
  std::replace(slots_.begin(), slots_.end(), from, to);
}

void Generation::end_template() {
  if (std::exchange(has_template_, false)) host_.end_template(number_);
}

bool Generation::any_in(Phase phase) const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [phase](const Slot* slot) { return slot->phase() == phase; });
}

bool Generation::all_in(Phase phase) const {
  return std::all_of(slots_.begin(), slots_.end(),
                     [phase](const Slot* slot) { return slot->phase() == phase; });
}

}  // namespace warp::supervisor
