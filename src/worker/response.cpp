#include "worker/response.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>
#include <utility>

#include "scoreboard/scoreboard.hpp"

namespace warp::worker {
namespace {

using channel::OutgoingFrame;
using wire::FrameType;

struct FailurePage {
  std::uint16_t status;
  std::string_view reason;
  std::string_view text;
};
constexpr FailurePage kErrorPage{
    500, "Internal Server Error",
    "<!DOCTYPE html>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n"
    "<p>The application failed. The server's error log says why.</p>\n"};
constexpr FailurePage kTimeoutPage{
    504, "Gateway Timeout",
    "<!DOCTYPE html>\n<title>504 Gateway Timeout</title>\n<h1>Gateway Timeout</h1>\n"
    "<p>The application did not answer in time.</p>\n"};

// A smaller piece is a frame by itself.
constexpr std::size_t kLeastShared = wire::kMaxBodyPayload;

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kText = "text/plain; charset=utf-8";

wire::ResponseHead failure_head(const FailurePage& page, std::string_view length) {
  return {.status = page.status,
          .reason = page.reason,
          .fields = {{"Content-Type", kHtml}, {"Content-Length", length}}};
}

// It holds texts of the request: no cache may keep it, nothing in it may run or load anything.
void explain(wire::ResponseHead& head, const Explanation& explanation) {
  if (explanation.form == PageForm::kText) head.fields.front().value = kText;
  head.fields.push_back({"Cache-Control", "no-store"});
  head.fields.push_back(
      {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"});
  head.fields.push_back({"X-Content-Type-Options", "nosniff"});
}

}  // namespace

Response::Response(Outlet& outlet, scoreboard::Recorder* recorder)
    : outlet_(outlet), recorder_(recorder) {}

void Response::interpreter_taken(std::chrono::nanoseconds waited) {
  if (recorder_ != nullptr) recorder_->lock_taken(waited);
}

void Response::application_called() {
  if (recorder_ != nullptr) recorder_->application_called();
}

Result<> Response::set_head(const wire::ResponseHead& head) {
  assert(!head_sent_);
  head_.clear();
  has_head_ = false;
  WARP_CHECK(wire::encode_response_head(head_, head));
  has_head_ = true;
  return {};
}

Result<> Response::check_open() const {
  if (error_) return tl::unexpected(*error_);
  if (!has_head_) return warp::fail(Errc::kInternal, "response body before the response's head");
  if (finished_) return warp::fail(Errc::kInternal, "response body after the response's end");
  return {};
}

Result<> Response::write(std::string_view bytes, Last last) {
  if (finished_ && bytes.empty()) return {};
  WARP_CHECK(check_open());
  if (head_sent_ && bytes.empty() && last == Last::kNo) return {};
  return send(bytes, last);
}

Result<> Response::send(std::string_view bytes, Last last) {
  do {
    WARP_CHECK(send_some(bytes, last));
  } while (!bytes.empty());
  return {};
}

// Moves what it can of a large piece into the memory that the child has, too. What has gone there
// may not have been read yet, so nothing of this response goes to the same place.
std::optional<wire::FilePart> Response::share(std::string_view& bytes) {
  if (std::min(bytes.size(), channel::BodyMemory::kSize - shared_) < kLeastShared) return {};
  channel::BodyMemory* const memory = outlet_.body_memory();
  if (memory == nullptr) return {};
  const wire::FilePart part{.offset = shared_, .length = memory->put(shared_, bytes)};
  shared_ += part.length;
  bytes.remove_prefix(part.length);
  return part;
}

// One send with as many frames as it takes.
Result<> Response::send_some(std::string_view& bytes, Last last) {
  std::array<OutgoingFrame, channel::Channel::kMostFrames> frames;
  std::size_t count = 0;
  if (!head_sent_) frames[count++] = {.type = FrameType::kResponseHead, .payload = head_};
  std::array<char, wire::kFilePartSize> shared;
  if (const auto part = share(bytes)) {
    shared = wire::encode_file_part(*part);
    frames[count++] = {.type = FrameType::kSharedBody,
                       .payload = std::string_view(shared.data(), shared.size())};
  }
  while (!bytes.empty() && count < frames.size()) {
    const std::string_view piece = bytes.substr(0, wire::kMaxBodyPayload);
    frames[count++] = {.type = FrameType::kResponseBody, .payload = piece};
    bytes.remove_prefix(piece.size());
  }
  if (count == 0) frames[count++] = {.type = FrameType::kResponseBody};
  frames[count - 1].is_last = last == Last::kYes && bytes.empty();
  return send_frames(std::span(frames).first(count));
}

Result<> Response::send_file(int fd, const wire::FilePart& part, Last last) {
  if (part.length == 0) return write({}, last);
  WARP_CHECK(check_open());
  const auto payload = wire::encode_file_part(part);
  std::array<OutgoingFrame, 2> frames;
  std::size_t count = 0;
  if (!head_sent_) frames[count++] = {.type = FrameType::kResponseHead, .payload = head_};
  frames[count++] = {.type = FrameType::kResponseFile,
                     .is_last = last == Last::kYes,
                     .payload = std::string_view(payload.data(), payload.size()),
                     .descriptor = fd};
  return send_frames(std::span(frames).first(count));
}

Result<> Response::send_frames(std::span<const OutgoingFrame> frames) {
  if (!head_sent_ && recorder_ != nullptr) recorder_->response_started();
  // Part of it may have gone out even when the send fails.
  head_sent_ = true;
  auto sent = outlet_.send(frames);
  if (!sent)
    error_ = sent.error();
  else
    finished_ = frames.back().is_last;
  return sent;
}

Result<> Response::send_interim(const wire::ResponseHead& head) {
  if (error_) return tl::unexpected(*error_);
  if (head_sent_) return warp::fail(Errc::kInternal, "interim response after the response's head");
  if (head.status != wire::kEarlyHints)
    return warp::fail(Errc::kInternal, "interim response with a status other than 103");
  if (interim_heads_ == wire::kMostInterimHeads)
    return warp::fail(Errc::kTooLarge, "more interim responses than the " +
                                           std::to_string(wire::kMostInterimHeads) +
                                           " that a request may have");
  std::string payload;
  WARP_CHECK(wire::encode_response_head(payload, head));
  auto sent = outlet_.send({.type = FrameType::kInterim, .payload = payload});
  if (sent)
    ++interim_heads_;
  else
    error_ = sent.error();
  return sent;
}

Result<> Response::finish() { return finished_ ? Result<>() : write({}, Last::kYes); }

void Response::fail(Failure why, const Explanation* explanation) {
  if (finished_ || error_) return;
  if (head_sent_) {
    // The child learns it from the end of the stream too, should this not get through.
    (void)outlet_.send({.type = FrameType::kBroken});
    error_ = Error{Errc::kClosed, "the response was ended as broken"};
    return;
  }
  const FailurePage& page = why == Failure::kTimeout ? kTimeoutPage : kErrorPage;
  const std::string_view text = explanation == nullptr ? page.text : explanation->text;
  const std::string length = std::to_string(text.size());
  wire::ResponseHead head = failure_head(page, length);
  if (explanation != nullptr) explain(head, *explanation);
  if (!set_head(head)) return;
  (void)write(text, Last::kYes);
}

}  // namespace warp::worker
