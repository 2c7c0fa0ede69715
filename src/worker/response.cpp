#include "worker/response.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>
#include <utility>

#include "scoreboard/scoreboard.hpp"
#include "worker/request_body.hpp"

namespace warp::worker {
namespace {

using channel::OutgoingFrame;
using wire::FrameType;

constexpr std::string_view kFailureText =
    "<!DOCTYPE html>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n"
    "<p>The application failed. The server's error log says why.</p>\n";

wire::ResponseHead failure_head(std::string_view length) {
  return {.status = 500,
          .reason = "Internal Server Error",
          .fields = {{"Content-Type", "text/html; charset=utf-8"}, {"Content-Length", length}}};
}

}  // namespace

Response::Response(channel::Channel& channel, scoreboard::Recorder* recorder, RequestBody* body)
    : channel_(channel), recorder_(recorder), body_(body) {}

Result<> Response::set_head(const wire::ResponseHead& head) {
  assert(!head_sent_);
  head_.clear();
  has_head_ = false;
  WARP_CHECK(wire::encode_response_head(head_, head));
  has_head_ = true;
  return {};
}

Result<> Response::write(std::string_view bytes, Last last) {
  if (error_) return tl::unexpected(*error_);
  if (!has_head_) return warp::fail(Errc::kInternal, "response body before the response's head");
  if (finished_ && bytes.empty()) return {};
  if (finished_) return warp::fail(Errc::kInternal, "response body after the response's end");
  if (head_sent_ && bytes.empty() && last == Last::kNo) return {};
  auto sent = send(bytes, last);
  if (!sent) error_ = sent.error();
  return sent;
}

Result<> Response::send(std::string_view bytes, Last last) {
  do {
    WARP_CHECK(send_some(bytes, last));
  } while (!bytes.empty());
  finished_ = last == Last::kYes;
  return {};
}

// One send with as many frames as it takes.
Result<> Response::send_some(std::string_view& bytes, Last last) {
  std::array<OutgoingFrame, channel::Channel::kMostFrames> frames;
  std::size_t count = 0;
  const bool starts = !head_sent_;
  if (starts) frames[count++] = {.type = FrameType::kResponseHead, .payload = head_};
  while (!bytes.empty() && count < frames.size()) {
    const std::string_view piece = bytes.substr(0, wire::kMaxBodyPayload);
    frames[count++] = {.type = FrameType::kResponseBody, .payload = piece};
    bytes.remove_prefix(piece.size());
  }
  if (count == 0) frames[count++] = {.type = FrameType::kResponseBody};
  const bool ends = last == Last::kYes && bytes.empty();
  frames[count - 1].is_last = ends;
  if (ends && body_ != nullptr) body_->response_ends();
  if (starts && recorder_ != nullptr) recorder_->response_started();
  // Part of it may have gone out even when the send fails.
  head_sent_ = true;
  return channel_.send(std::span(frames).first(count));
}

Result<> Response::finish() { return finished_ ? Result<>() : write({}, Last::kYes); }

void Response::fail() {
  if (finished_ || error_) return;
  if (head_sent_) {
    // The child learns it from the end of the stream too, should this not get through.
    (void)channel_.send({.type = FrameType::kBroken});
    error_ = Error{Errc::kClosed, "the response was ended as broken"};
    return;
  }
  if (!set_head(failure_head(std::to_string(kFailureText.size())))) return;
  (void)write(kFailureText, Last::kYes);
}

}  // namespace warp::worker
