#include "mod_warp/child/conversation.hpp"

#include <sys/socket.h>

#include <algorithm>

#include "mod_warp/child/application_log.hpp"
#include "mod_warp/child/interim.hpp"
#include "mod_warp/child/trouble.hpp"
#include "mod_warp/child/wait.hpp"
#include "scoreboard/request_trace.hpp"
#include "wire/bytes.hpp"

namespace warp {
namespace {

using wire::FrameType;

// After so many frames beside the response, what there is of it is shown to the client.
constexpr unsigned kMostAtOnce = 64;

// For a request that waits in a worker: how often it is looked whether a thread has it.
constexpr std::chrono::milliseconds kLookInterval{1'000};

bool is_of_response(FrameType type) {
  return type != FrameType::kCredit && type != FrameType::kLog;
}

Interruption fault_of_worker(Error error) {
  return Interruption{.error = std::move(error), .client_status = {}};
}

Interruption fault_of_client(int status) {
  return Interruption{.error = {Errc::kClosed, "the request's body did not come"},
                      .client_status = status};
}

Interruption client_gone() {
  return Interruption{.error = {Errc::kClosed, "the client hung up"},
                      .client_status = kClientClosedRequest};
}

}  // namespace

Conversation::Conversation(Request& request, Lease lease, core::WorkerPatience::TimePoint queue_end)
    : request_(&request),
      lease_(std::move(lease)),
      patience_(Clock::now(),
                {.queue_end = queue_end, .silence = request.group.group.settings.request_timeout}) {
  request_->body.forget_credit();
}

Heard<wire::Frame> Conversation::next() {
  resume_patience();
  while (true) {
    const bool may_block = !is_slow_ && !request_->body.has_open_credit();
    auto ready = may_block ? receive() : try_next();
    if (!ready) return tl::unexpected(std::move(ready).error());
    if (*ready) return **ready;
    if (may_block) continue;
    if (auto problem = wait()) return tl::unexpected(*std::move(problem));
  }
}

// Waits in the one system call that receives; nullopt when the frame was not of the response, or
// the socket's time is up.
Heard<std::optional<wire::Frame>> Conversation::receive() {
  const Result<wire::Frame> frame = lease_.channel.receive();
  if (!frame && frame.error().code == Errc::kTimeout) {
    is_slow_ = true;
    return std::nullopt;
  }
  if (!frame) return tl::unexpected(fault_of_worker(frame.error()));
  has_heard_ = true;
  if (is_of_response(frame->type)) {
    is_patience_paused_ = true;
    return *frame;
  }
  if (auto problem = deal_with(*frame)) return tl::unexpected(*std::move(problem));
  return std::nullopt;
}

Heard<std::optional<wire::Frame>> Conversation::try_next() {
  for (unsigned dealt = 0; dealt < kMostAtOnce; ++dealt) {
    if (auto problem = serve_credit(APR_NONBLOCK_READ)) return tl::unexpected(*std::move(problem));
    const auto frame = lease_.channel.try_receive();
    if (!frame) return tl::unexpected(fault_of_worker(frame.error()));
    if (!*frame) break;
    has_heard_ = true;
    if (is_of_response((*frame)->type)) {
      is_slow_ = false;
      is_patience_paused_ = true;
      return *frame;
    }
    if (auto problem = deal_with(**frame)) return tl::unexpected(*std::move(problem));
  }
  return std::nullopt;
}

// The time that passes while a client takes what has come is not the worker's.
void Conversation::resume_patience() {
  if (!std::exchange(is_patience_paused_, false)) return;
  patience_.heard(Clock::now());
  is_slow_ = false;
}

bool Conversation::has_more_of_body() const {
  return lease_.channel.peek() == FrameType::kResponseBody;
}

std::optional<Interruption> Conversation::deal_with(const wire::Frame& frame) {
  return frame.type == FrameType::kCredit ? take_credit(frame) : take_log(frame);
}

std::optional<Interruption> Conversation::take_credit(const wire::Frame& frame) {
  if (frame.payload.size() != sizeof(std::uint32_t))
    return fault_of_worker({Errc::kProtocol, "a malformed credit"});
  const auto bytes = wire::get_number<std::uint32_t>(frame.payload.data());
  if (auto opened = request_->body.open_credit(bytes); !opened)
    return fault_of_worker(std::move(opened).error());
  return std::nullopt;
}

std::optional<Interruption> Conversation::take_log(const wire::Frame& frame) {
  auto record = wire::decode_log_record(frame.payload);
  if (!record) return fault_of_worker(std::move(record).error());
  log_of_application(*request_, *record);
  resume_patience();
  is_slow_ = true;
  // Not only where it is waited for: a flood leaves no time for that.
  if (!request_->body.has_open_credit() && Deadline(patience_.end()).has_passed()) return give_up();
  return std::nullopt;
}

std::optional<Interruption> Conversation::serve_credit(apr_read_type_e blocking) {
  if (!request_->body.has_open_credit()) return std::nullopt;
  const auto served = request_->body.serve(lease_.channel, blocking);
  if (!request_->body.has_open_credit()) {
    client_patience_.reset();
    patience_.heard(Clock::now());
    is_slow_ = false;
  }
  if (served) return *served ? std::optional(fault_of_client((*served)->status)) : std::nullopt;
  // The worker may have answered without waiting for the body, and gone: what it sent decides.
  if (served.error().code == Errc::kClosed) return std::nullopt;
  return fault_of_worker(served.error());
}

std::optional<Interruption> Conversation::wait() {
  // More than was dealt with at once; the socket would not tell.
  if (lease_.channel.peek()) return std::nullopt;
  return request_->body.has_open_credit() ? wait_for_body() : wait_for_worker();
}

std::optional<Interruption> Conversation::wait_for_body() {
  const std::optional<int> client = pollable_client(request_->httpd->connection);
  if (!client || !ask_for_body(request_->httpd)) return serve_credit(APR_BLOCK_READ);
  if (!client_patience_)
    client_patience_ = Deadline::in(std::chrono::microseconds(request_->httpd->server->timeout));
  if (client_patience_->has_passed()) return give_up();
  wait_for_input(lease_.channel.fd(), client, ClientWatch::kForInput, *client_patience_);
  return std::nullopt;
}

std::optional<Interruption> Conversation::wait_for_worker() {
  // A frame beside the response may have come last.
  if (!is_slow_) return std::nullopt;
  look_at_worker();
  if (Deadline(patience_.end()).has_passed()) return give_up();
  const conn_rec* const connection = request_->httpd->connection;
  if (is_client_gone(connection)) return client_gone();
  // While it is not known when a thread took it up, it is looked for again.
  const auto end = patience_.is_certain() ? patience_.end()
                                          : std::min(patience_.end(), Clock::now() + kLookInterval);
  wait_for_input(lease_.channel.fd(), pollable_client(connection), ClientWatch::kForEnd,
                 Deadline(end));
  return std::nullopt;
}

void Conversation::look_at_worker() {
  if (patience_.is_certain()) return;
  const auto now = Clock::now();
  const auto trace =
      scoreboard::trace_request(request_->group.board, lease_.slot(), request_->number);
  if (!trace.was_taken)
    return patience_.see(
        {.now = now, .started = {}, .is_crowded = is_crowded(request_->group, lease_.slot())});
  // Of two clocks, one of which can be set: an age that can't be is bounded by patience_.
  const std::uint64_t now_us = scoreboard::now_us();
  const std::uint64_t age = now_us - std::min(now_us, trace.started_us);
  patience_.see({.now = now,
                 .started = now - std::chrono::microseconds(static_cast<std::int64_t>(
                                      std::min(age, scoreboard::kLongestAge))),
                 .is_crowded = false});
}

std::optional<Interruption> Conversation::give_up() {
  if (!request_->body.has_open_credit())
    return fault_of_worker({Errc::kTimeout, is_queued() ? "no thread of the worker took it up in "
                                                          "time (queue-timeout)"
                                                        : "the application did not answer in time "
                                                          "(request-timeout)"});
  (void)request_->body.abort(lease_.channel, {.status = HTTP_REQUEST_TIME_OUT});
  return fault_of_client(HTTP_REQUEST_TIME_OUT);
}

void Conversation::end_load() {
  lease_.claim.end();
  request_->journey.enter(Phase::kDelivery, Clock::now());
}

void Conversation::end() {
  if (lease_.channel.is_at_boundary() && !request_->body.has_open_credit()) lease_.give_back();
}

void Conversation::hang_up() {
  // It may be in the pool again.
  if (lease_.channel.fd() < 0) return;
  // What has arrived can still be read, but nothing follows.
  ::shutdown(lease_.channel.fd(), SHUT_RD);
  while (true) {
    const auto frame = lease_.channel.try_receive();
    if (!frame || !*frame) return;
    if ((*frame)->type != FrameType::kLog) continue;
    if (const auto record = wire::decode_log_record((*frame)->payload); record)
      log_of_application(*request_, *record);
  }
}

}  // namespace warp
