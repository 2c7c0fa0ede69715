#include "mod_warp/child/conversation.hpp"

#include <sys/socket.h>

#include "mod_warp/child/application_log.hpp"
#include "mod_warp/child/interim.hpp"
#include "mod_warp/child/wait.hpp"
#include "wire/bytes.hpp"

namespace warp {
namespace {

using wire::FrameType;

// After so many frames beside the response, what there is of it is shown to the client.
constexpr unsigned kMostAtOnce = 64;

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

}  // namespace

Conversation::Conversation(Request& request, Lease lease)
    : request_(&request), lease_(std::move(lease)) {
  request_->body.forget_credit();
}

Heard<wire::Frame> Conversation::next() {
  while (true) {
    if (waits_for_worker_only()) {
      const Result<wire::Frame> frame = lease_.channel.receive();
      if (!frame) return tl::unexpected(fault_of_worker(frame.error()));
      if (is_of_response(frame->type)) return *frame;
      if (auto problem = deal_with(*frame)) return tl::unexpected(*std::move(problem));
      continue;
    }
    auto ready = try_next();
    if (!ready) return tl::unexpected(std::move(ready).error());
    if (*ready) return **ready;
    if (auto problem = wait()) return tl::unexpected(*std::move(problem));
  }
}

Heard<std::optional<wire::Frame>> Conversation::try_next() {
  for (unsigned dealt = 0; dealt < kMostAtOnce; ++dealt) {
    if (auto problem = serve_credit(APR_NONBLOCK_READ)) return tl::unexpected(*std::move(problem));
    const auto frame = lease_.channel.try_receive();
    if (!frame) return tl::unexpected(fault_of_worker(frame.error()));
    if (!*frame) break;
    if (is_of_response((*frame)->type)) {
      worker_patience_.reset();
      return *frame;
    }
    if (auto problem = deal_with(**frame)) return tl::unexpected(*std::move(problem));
  }
  return std::nullopt;
}

bool Conversation::has_more_of_body() const {
  return lease_.channel.peek() == FrameType::kResponseBody;
}

std::optional<Interruption> Conversation::deal_with(const wire::Frame& frame) {
  return frame.type == FrameType::kCredit ? take_credit(frame) : take_log(frame);
}

std::optional<Interruption> Conversation::take_credit(const wire::Frame& frame) {
  worker_patience_.reset();
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
  if (!worker_patience_) worker_patience_ = Deadline::in(request_->group.timeouts.receive);
  // Not only where it is waited for: a flood leaves no time for that.
  if (worker_patience_->has_passed() && !request_->body.has_open_credit()) return give_up();
  return std::nullopt;
}

std::optional<Interruption> Conversation::serve_credit(apr_read_type_e blocking) {
  if (!request_->body.has_open_credit()) return std::nullopt;
  const auto served = request_->body.serve(lease_.channel, blocking);
  if (!request_->body.has_open_credit()) {
    client_patience_.reset();
    worker_patience_.reset();
  }
  if (served) return *served ? std::optional(fault_of_client((*served)->status)) : std::nullopt;
  // The worker may have answered without waiting for the body, and gone: what it sent decides.
  if (served.error().code == Errc::kClosed) return std::nullopt;
  return fault_of_worker(served.error());
}

std::optional<Interruption> Conversation::wait() {
  const bool is_for_client = request_->body.has_open_credit();
  const std::optional<int> client = pollable_client(request_->httpd->connection);
  if (is_for_client && (!client || !ask_for_body(request_->httpd)))
    return serve_credit(APR_BLOCK_READ);
  if (is_for_client && !client_patience_)
    client_patience_ = Deadline::in(std::chrono::microseconds(request_->httpd->server->timeout));
  const std::optional<Deadline>& patience = is_for_client ? client_patience_ : worker_patience_;
  // A frame beside the response may have come last.
  if (!patience) return std::nullopt;
  if (patience->has_passed()) return give_up();
  wait_for_input(lease_.channel.fd(), is_for_client ? client : std::nullopt, *patience);
  return std::nullopt;
}

std::optional<Interruption> Conversation::give_up() {
  if (!request_->body.has_open_credit())
    return fault_of_worker({Errc::kTimeout, "no answer on the channel in time"});
  (void)request_->body.abort(lease_.channel, {.status = HTTP_REQUEST_TIME_OUT});
  return fault_of_client(HTTP_REQUEST_TIME_OUT);
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
