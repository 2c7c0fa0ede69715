#include "mod_warp/child/dispatch.hpp"

#include <algorithm>
#include <thread>

#include "mod_warp/child/admission.hpp"
#include "mod_warp/child/environment.hpp"
#include "mod_warp/child/error_page.hpp"
#include "mod_warp/child/interim.hpp"
#include "mod_warp/child/poison.hpp"
#include "mod_warp/child/send_request.hpp"
#include "mod_warp/pool.hpp"
#include "scoreboard/request_trace.hpp"

namespace warp {
namespace {

bool may_repeat(const Request& request) {
  return request.group.group.queue.retry_non_idempotent ||
         core::is_safe_method(text_or_empty(request.httpd->method));
}

// All that a worker has had a request for.
constexpr std::chrono::nanoseconds kWholeTime = std::chrono::nanoseconds::max();

// What a request is counted as that no worker answers.
core::TallyEvent event_of(core::Failure failure) {
  switch (failure) {
    case core::Failure::kQueueFull:
      return core::TallyEvent::kQueueFull;
    case core::Failure::kQueueTimeout:
      return core::TallyEvent::kQueueTimeout;
    case core::Failure::kTimeout:
      return core::TallyEvent::kRequestTimeout;
    case core::Failure::kPoison:
      return core::TallyEvent::kPoison;
    case core::Failure::kDied:
    case core::Failure::kGarbage:
      return core::TallyEvent::kBadAnswer;
    case core::Failure::kNoWorker:
    case core::Failure::kConnectorFull:
    case core::Failure::kNotStarted:
    case core::Failure::kDiedBefore:
      break;
  }
  return core::TallyEvent::kNoWorker;
}

class Dispatcher final {
 public:
  Dispatcher(Request& request, Deadline::Clock::time_point arrival)
      : request_(request),
        admission_(request, arrival),
        poison_(request, arrival),
        retry_(may_repeat(request)) {}

  tl::expected<Answer, int> run() {
    if (const auto refused = poison_.refusal()) return tl::unexpected(*refused);
    while (true) {
      auto answer = try_once();
      if (answer) {
        poison_.note_answer();
        return *std::move(answer);
      }
      request_.journey.enter(Phase::kQueue, Deadline::Clock::now());
      const Trouble& trouble = answer.error();
      if (const auto status = final_status(trouble)) return tl::unexpected(*status);
      log_retry(request_, slot_, trouble.detail);
      request_.group.tally.count(core::TallyEvent::kRetry);
      std::this_thread::sleep_for(retry_.pause());
      if (trouble.failure == core::Failure::kDied) begin_second_attempt();
      if (!has_met_death(trouble.failure)) continue;
      if (const auto encoded = take_new_number(); !encoded)
        return tl::unexpected(HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
  }

 private:
  tl::expected<Answer, Trouble> try_once() {
    const std::optional<std::uint32_t> last = slot_;
    slot_.reset();
    tl::expected<Claim, Trouble> claim = admission_.enter(last);
    if (!claim) return tl::unexpected(claim.error());
    slot_ = claim->slot();
    // What has just failed may have more dead channels in the pool.
    const Origin origin = last == slot_ ? Origin::kNew : Origin::kPoolOrNew;
    Result<Lease> lease = connect(request_.child, request_.group, *std::move(claim), origin);
    if (!lease) return trouble(core::Failure::kConnectorFull, lease.error().detail);
    const bool waits_there = lease->claim.is_beyond_threads();
    lease->claim.give_out(request_.number);
    request_.journey.enter_worker(*slot_, Deadline::Clock::now());
    if (const auto sent = send_request(lease->channel, request_); !sent) {
      lease->claim.end();
      return trouble(core::Failure::kNotStarted, sent.error().detail);
    }
    Conversation worker(request_, *std::move(lease), admission_.queue_end());
    auto head = await_head(worker);
    if (!head) {
      worker.hang_up();
      return tl::unexpected(std::move(head).error());
    }
    if (waits_there) note_wait_in_worker();
    return Answer{.worker = std::move(worker), .head = *head};
  }

  // As the worker's thread has noted it; bounded by what is known here.
  void note_wait_in_worker() {
    const auto taken_up = scoreboard::taken_up_at(request_.group.board, *slot_, request_.number);
    if (!taken_up) return;
    const auto now = Deadline::Clock::now();
    const std::uint64_t now_us = scoreboard::now_us();
    const auto age = std::chrono::microseconds(static_cast<std::int64_t>(
        std::min(now_us - std::min(now_us, *taken_up), scoreboard::kLongestAge)));
    request_.journey.waited_in_worker(now - age - request_.journey.entered_at(), now);
  }

  // nullopt: another try is worth it.
  std::optional<int> final_status(const Trouble& trouble) {
    if (trouble.client_status) return answer_client(request_, *trouble.client_status);
    if (request_.child.active().is_stopping()) return HTTP_SERVICE_UNAVAILABLE;
    if (request_.body.was_consumed()) retry_.body_was_consumed();
    const core::Verdict verdict = retry_.after(trouble.failure, is_late());
    if (verdict == core::Verdict::kTryAgain) return std::nullopt;
    request_.group.tally.count(event_of(trouble.failure));
    if (trouble.failure == core::Failure::kQueueFull)
      return refuse(request_, request_.group.ledger.full_queue_lines(), trouble.detail);
    return answer_failure(request_, slot_, verdict, trouble.detail);
  }

  // The time that workers may take to take it, from the first one that did not.
  bool is_late() {
    if (!hand_over_deadline_)
      hand_over_deadline_ = Deadline::in(request_.group.group.queue.connect_timeout);
    return hand_over_deadline_->has_passed();
  }

  void begin_second_attempt() {
    admission_.begin_again();
    request_.journey.attempt = ++request_.attempt;
  }

  static bool has_met_death(core::Failure failure) {
    return failure == core::Failure::kDied || failure == core::Failure::kDiedBefore;
  }

  // The records of the dead worker may still hold the last one, and the slot's next worker writes
  // beside them.
  Result<> take_new_number() {
    request_.number = request_.child.next_request_id();
    return encode_head(request_);
  }

  // Passes early hints on until the answer begins.
  tl::expected<wire::Frame, Trouble> await_head(Conversation& worker) {
    for (unsigned hints = 0;; ++hints) {
      const Heard<wire::Frame> frame = worker.next();
      if (!frame) return trouble_of(worker, frame.error());
      switch (frame->type) {
        case wire::FrameType::kResponseHead:
          return *frame;
        case wire::FrameType::kRejected:
          worker.end_load();
          return trouble(core::Failure::kNotStarted, "the worker has handed the request back");
        case wire::FrameType::kInterim: {
          if (hints == wire::kMostInterimHeads)
            return trouble(core::Failure::kGarbage, "the worker sent too many interim responses");
          const auto head = wire::decode_interim_head(frame->payload);
          if (!head) return trouble_of(worker, {.error = head.error(), .client_status = {}});
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

  tl::unexpected<Trouble> trouble_of(const Conversation& worker, const Interruption& interruption) {
    const auto& [error, client_status] = interruption;
    if (client_status)
      return tl::unexpected(Trouble{.failure = {}, .detail = {}, .client_status = client_status});
    switch (error.code) {
      case Errc::kTimeout:
        if (!worker.is_queued()) return trouble(core::Failure::kTimeout, error.detail);
        request_.journey.waited_in_worker(kWholeTime, Deadline::Clock::now());
        return trouble(core::Failure::kQueueTimeout, error.detail);
      case Errc::kProtocol:
        return trouble(core::Failure::kGarbage, "the worker broke the protocol: " + error.detail);
      default:
        return trouble_of_death(worker);
    }
  }

  tl::unexpected<Trouble> trouble_of_death(const Conversation& worker) {
    const scoreboard::Scoreboard& board = request_.group.board;
    const auto trace = scoreboard::trace_request(board, worker.slot(), request_.number);
    // The records of a later worker say nothing about what they do not name.
    const bool is_known =
        trace.was_taken || board.slot(worker.slot()).incarnation.load() == worker.incarnation();
    // A crash while the call was prepared is this request's own.
    const bool has_crashed = trace.stage == scoreboard::Stage::kCrashed;
    if (is_known && !trace.was_called && !has_crashed && !worker.has_heard())
      return trouble(core::Failure::kDiedBefore, "the worker ended before it began with it");
    if (scoreboard::is_cause_of_death(trace)) poison_.note_death();
    return trouble(core::Failure::kDied, "the worker ended before it answered");
  }

  Request& request_;
  Admission admission_;
  Poison poison_;
  core::Retry retry_;
  std::optional<Deadline> hand_over_deadline_;
  std::optional<std::uint32_t> slot_;  // of the last try
};

}  // namespace

tl::expected<Answer, int> dispatch(Request& request) {
  return Dispatcher(request, Deadline::Clock::now()).run();
}

}  // namespace warp
