#include "worker/session.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/log.hpp"
#include "wire/environ_key.hpp"

namespace warp::worker {
namespace {

// A head or preload that takes more than this for long-lived memory is the exception.
constexpr std::size_t kMostKept = std::size_t{64} << 10U;

tl::unexpected<Error> violation(std::string_view what) {
  return fail(Errc::kProtocol, "request with " + std::string(what));
}

std::string_view value_of(const wire::RequestHead& head, std::uint8_t code) {
  const auto entry = std::find_if(head.environ.begin(), head.environ.end(),
                                  [&](const wire::EnvironPair& pair) { return pair.code == code; });
  return entry == head.environ.end() ? std::string_view() : entry->value;
}

constexpr std::uint8_t kRequestMethod = 1;
constexpr std::uint8_t kRequestUri = 2;
constexpr std::uint8_t kRequestId = 24;
static_assert(wire::kEnvironKeys[kRequestMethod] == "REQUEST_METHOD" &&
              wire::kEnvironKeys[kRequestUri] == "REQUEST_URI" &&
              wire::kEnvironKeys[kRequestId] == "warp.request_id");

// Queries carry secrets; the scoreboard is shown and logged.
std::string_view path_of(const wire::RequestHead& head) {
  const std::string_view uri = value_of(head, kRequestUri);
  return uri.substr(0, uri.find('?'));
}

bool needs_credit(const wire::RequestHead& head) {
  return head.body != wire::BodyKind::kNone && !head.preload_is_whole &&
         !(head.body == wire::BodyKind::kSized && head.preloaded_length == head.body_length);
}

void log_failure(const Error& error) {
  // A child that closes an idle channel, or whose client has left, is in order.
  if (error.code == Errc::kClosed) return;
  log_warn("channel closed", {{"reason", describe(error)}});
}

}  // namespace

Result<std::optional<Session::Request>> Session::receive_request(channel::Channel& channel) {
  WARP_TRY(std::optional<wire::Frame> frame, channel.try_receive());
  if (!frame) {
    if (channel.is_at_boundary()) return std::nullopt;
    WARP_TRY(frame, channel.receive());
  }
  if (frame->type != wire::FrameType::kRequestHead) return violation("no head");
  if (head_payload_.capacity() > kMostKept) head_payload_ = std::string();
  head_payload_ = frame->payload;
  WARP_TRY(wire::RequestHead head, wire::decode_request_head(head_payload_));
  WARP_TRY(const std::string_view preload, receive_preload(channel, head));
  return Request{.head = std::move(head), .preload = preload};
}

// The bytes of the body that follow the head without being asked for: the application must not
// start before they are here. Usually one frame, which stays where it was received.
Result<std::string_view> Session::receive_preload(channel::Channel& channel,
                                                  const wire::RequestHead& head) {
  if (preload_.capacity() > kMostKept) preload_ = std::string();
  preload_.clear();
  std::string_view preload;
  while (preload.size() < head.preloaded_length) {
    // The frame that was the whole preload until now gives way to the next one.
    if (preload_.empty()) preload_ = preload;
    WARP_TRY(const wire::Frame frame, channel.receive());
    if (frame.type != wire::FrameType::kRequestBody || frame.payload.empty() ||
        frame.payload.size() > head.preloaded_length - preload.size())
      return violation("a preload that its head does not announce");
    preload = preload_.empty() ? frame.payload : preload_ += frame.payload;
    const bool is_end = head.preload_is_whole && preload.size() == head.preloaded_length;
    if (frame.is_last != is_end) return violation("a preload whose end contradicts its head");
  }
  if (head.preload_is_whole && head.body == wire::BodyKind::kSized &&
      preload.size() != head.body_length)
    return violation("a whole preload that is shorter than the body");
  return preload;
}

Afterwards Session::serve(channel::Channel& channel, Intake intake) {
  auto request = receive_request(channel);
  if (!request) {
    log_failure(request.error());
    return Afterwards::kClose;
  }
  if (!*request) return Afterwards::kKeep;
  if (intake == Intake::kShut && needs_credit((*request)->head)) {
    (void)channel.send({.type = wire::FrameType::kRejected});
    return Afterwards::kClose;
  }
  return answer(channel, **request);
}

void Session::begin(const wire::RequestHead& head) {
  recorder_.begin(head.request_id, value_of(head, kRequestMethod), path_of(head));
  if (watchers_.thread != nullptr)
    watchers_.thread->begin(head.request_id, value_of(head, kRequestId));
}

void Session::end() {
  if (watchers_.thread != nullptr) watchers_.thread->end();
  recorder_.end();
  if (watchers_.limit != nullptr) watchers_.limit->count();
}

Afterwards Session::answer(channel::Channel& channel, const Request& request) {
  if (watchers_.script != nullptr) watchers_.script->look();
  begin(request.head);
  Outlet outlet(channel, watchers_.thread);
  RequestBody body(channel, outlet, request.head, request.preload, watchers_.thread);
  Response response(outlet, &recorder_);
  RequestLog request_log(outlet);
  Exchange exchange{.head = request.head, .body = body, .response = response, .log = request_log};
  application_.serve(exchange);
  if (!response.is_finished()) response.fail();
  end();
  return response.is_finished() && body.is_settled() ? Afterwards::kKeep : Afterwards::kClose;
}

}  // namespace warp::worker
