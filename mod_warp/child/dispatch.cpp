#include "mod_warp/child/dispatch.hpp"

#include <algorithm>
#include <thread>

#include "base/deadline.hpp"
#include "mod_warp/child/error_page.hpp"
#include "mod_warp/child/interim.hpp"
#include "mod_warp/child/send_request.hpp"
#include "mod_warp/core/choose_worker.hpp"
#include "mod_warp/core/retry.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

core::Readiness readiness_of(scoreboard::SlotState state) {
  using State = scoreboard::SlotState;
  switch (state) {
    case State::kReady:
      return core::Readiness::kReady;
    case State::kFailed:
      return core::Readiness::kAnswersErrors;
    case State::kStarting:
      return core::Readiness::kStarting;
    case State::kBackoff:
    case State::kStandby:
    case State::kSpare:
      return core::Readiness::kOutOfUse;
    case State::kEmpty:
    case State::kDraining:
      break;
  }
  // Also for a number that is no state: any worker can write anything there.
  return core::Readiness::kAbsent;
}

constexpr std::chrono::milliseconds kLongestPause{10};

// Why a try came to nothing.
struct Trouble {
  core::Failure failure{};
  std::string detail;
  std::optional<int> final_status;  // the client's own fault: no other try, nothing to log
};

class Dispatcher final {
 public:
  explicit Dispatcher(Request& request)
      : request_(request),
        retry_(core::is_safe_method(text_or_empty(request.httpd->method))),
        deadline_(Deadline::in(request.group.group.connect_timeout)),
        start_deadline_(Deadline::in(request.group.group.settings.startup_timeout)) {}

  tl::expected<Answer, int> run() {
    while (true) {
      auto answer = try_once();
      if (answer) return *std::move(answer);
      const Trouble& trouble = answer.error();
      if (trouble.final_status) return tl::unexpected(*trouble.final_status);
      if (request_.child.active().is_stopping()) return tl::unexpected(HTTP_SERVICE_UNAVAILABLE);
      if (request_.body.was_consumed()) retry_.body_was_consumed();
      const core::Verdict verdict = retry_.after(trouble.failure, deadline_.has_passed());
      if (verdict != core::Verdict::kTryAgain)
        return tl::unexpected(answer_failure(request_, slot_, verdict, trouble.detail));
      log_retry(request_, slot_, trouble.detail);
      std::this_thread::sleep_for(retry_.pause());
    }
  }

 private:
  tl::expected<Answer, Trouble> try_once() {
    const std::optional<std::uint32_t> last = slot_;
    tl::expected<LoadCount, Trouble> chosen = await_worker();
    if (!chosen) {
      slot_.reset();
      return tl::unexpected(chosen.error());
    }
    slot_ = chosen->slot();
    // What has just failed may have more dead channels in the pool.
    const Origin origin = last == slot_ ? Origin::kNew : Origin::kPoolOrNew;
    Result<Lease> lease = connect(request_.child, request_.group, *std::move(chosen), origin);
    if (!lease) return trouble(core::Failure::kQueueFull, lease.error().detail);
    if (const auto sent = send_request(lease->channel, request_); !sent)
      return trouble(core::Failure::kNotStarted, sent.error().detail);
    Conversation worker(request_, *std::move(lease));
    auto head = await_head(worker);
    if (!head) {
      worker.hang_up();
      return tl::unexpected(std::move(head).error());
    }
    return Answer{.worker = std::move(worker), .head = *head};
  }

  [[nodiscard]] core::WorkerChoice choose() const {
    const ChildGroup& group = request_.group;
    core::WorkerChoice choice(slot_);
    for (std::uint32_t slot = 0; slot < group.connectors.size(); ++slot)
      choice.consider(slot, readiness_of(group.board.slot(slot).state.load()),
                      group.board.load(slot));
    return choice;
  }

  // A request goes out only to a worker that takes it: while it is here, it surely has not started,
  // should all workers turn out to be unable to. It looks again and again because the state is a
  // word in shared memory, written by processes that may die.
  tl::expected<LoadCount, Trouble> await_worker() {
    std::chrono::milliseconds pause{1};
    while (true) {
      const core::WorkerChoice choice = choose();
      if (!choice.chosen())
        return trouble(core::Failure::kNoWorker, "there is no worker, or all wait after crashes");
      if (is_time_for(choice)) {
        auto count = LoadCount::begin(request_.group, *choice.chosen(), choice.load());
        if (count) return *std::move(count);
        // Another thread was faster, so the loads have changed.
        continue;
      }
      if (auto given_up = give_up_waiting(choice)) return tl::unexpected(*std::move(given_up));
      std::this_thread::sleep_for(pause);
      pause = std::min(2 * pause, kLongestPause);
    }
  }

  [[nodiscard]] bool is_time_for(const core::WorkerChoice& choice) const {
    if (!core::takes_requests(choice.readiness())) return false;
    return !choice.is_better_later(request_.group.group.settings.threads) ||
           start_deadline_.has_passed();
  }

  [[nodiscard]] std::optional<Trouble> give_up_waiting(const core::WorkerChoice& choice) const {
    const bool is_absent = choice.readiness() == core::Readiness::kAbsent;
    if (!(is_absent ? deadline_ : start_deadline_).has_passed() &&
        !request_.child.active().is_stopping())
      return std::nullopt;
    return Trouble{core::Failure::kNoWorker,
                   is_absent ? "there is no worker" : "the worker takes too long to start",
                   {}};
  }

  // Passes early hints on until the answer begins.
  tl::expected<wire::Frame, Trouble> await_head(Conversation& worker) {
    for (unsigned hints = 0;; ++hints) {
      const Heard<wire::Frame> frame = worker.next();
      if (!frame) return trouble_of(frame.error());
      switch (frame->type) {
        case wire::FrameType::kResponseHead:
          return *frame;
        case wire::FrameType::kRejected:
          return trouble(core::Failure::kNotStarted, "the worker has handed the request back");
        case wire::FrameType::kInterim: {
          if (hints == wire::kMostInterimHeads)
            return trouble(core::Failure::kGarbage, "the worker sent too many interim responses");
          const auto head = wire::decode_interim_head(frame->payload);
          if (!head) return trouble_of({.error = head.error(), .client_status = {}});
          send_interim(request_.httpd, *head);
          break;
        }
        default:
          return trouble(core::Failure::kGarbage, "the worker sent a frame out of order");
      }
    }
  }

  static tl::unexpected<Trouble> trouble(core::Failure failure, std::string detail) {
    return tl::unexpected(Trouble{failure, std::move(detail), {}});
  }

  static tl::unexpected<Trouble> trouble_of(const Interruption& interruption) {
    const auto& [error, client_status] = interruption;
    if (client_status)
      return tl::unexpected(Trouble{.failure = {}, .detail = {}, .final_status = client_status});
    switch (error.code) {
      case Errc::kTimeout:
        return trouble(core::Failure::kTimeout, "the application did not answer in time");
      case Errc::kProtocol:
        return trouble(core::Failure::kGarbage, "the worker broke the protocol: " + error.detail);
      default:
        return trouble(core::Failure::kDied, "the worker ended before it answered");
    }
  }

  Request& request_;
  core::Retry retry_;
  Deadline deadline_;                  // for finding a worker
  Deadline start_deadline_;            // for one that is starting
  std::optional<std::uint32_t> slot_;  // of the last try
};

}  // namespace

tl::expected<Answer, int> dispatch(Request& request) { return Dispatcher(request).run(); }

}  // namespace warp
