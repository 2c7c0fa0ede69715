#include "worker/request_body.hpp"

#include <algorithm>
#include <utility>

#include "wire/bytes.hpp"

namespace warp::worker {
namespace {

// Small reads (readline) share one credit; a larger one could not be answered by one frame.
constexpr std::size_t kLeastCredit = std::size_t{64} << 10U;
constexpr std::size_t kMostCredit = wire::kMaxBodyPayload;

}  // namespace

RequestBody::RequestBody(channel::Channel& channel, Outlet& outlet, const wire::RequestHead& head,
                         std::string_view preload, ServingThread* thread)
    : channel_(channel),
      outlet_(outlet),
      thread_(thread),
      available_(preload),
      ended_(head.preload_is_whole || head.body == wire::BodyKind::kNone) {
  if (head.body != wire::BodyKind::kSized) return;
  rest_ = head.body_length - preload.size();
  ended_ = ended_ || rest_ == 0;
}

Result<std::size_t> RequestBody::read(std::span<char> into) {
  if (into.empty()) return 0;
  if (available_.empty() && !ended_ && !error_)
    if (auto fetched = fetch(into.size()); !fetched) error_ = std::move(fetched).error();
  if (error_) return tl::unexpected(*error_);
  const std::size_t count = std::min(into.size(), available_.size());
  available_.copy(into.data(), count);
  available_.remove_prefix(count);
  return count;
}

Result<> RequestBody::fetch(std::size_t wanted) {
  const ServingThread::OthersTurn wait(thread_);
  WARP_CHECK(ask_for(wanted));
  WARP_TRY(const wire::Frame frame, channel_.receive());
  return take(frame);
}

Result<> RequestBody::ask_for(std::size_t wanted) {
  std::size_t credit = std::clamp(wanted, kLeastCredit, kMostCredit);
  if (rest_) credit = static_cast<std::size_t>(std::min<std::uint64_t>(credit, *rest_));
  const auto payload = wire::number_bytes(static_cast<std::uint32_t>(credit));
  WARP_CHECK(outlet_.send({.type = wire::FrameType::kCredit,
                           .payload = std::string_view(payload.data(), payload.size())}));
  credit_ = credit;
  return {};
}

Result<> RequestBody::take(const wire::Frame& frame) {
  if (frame.type == wire::FrameType::kRequestAbort)
    return fail(Errc::kClosed, "the client stopped sending the request's body");
  if (frame.type != wire::FrameType::kRequestBody)
    return fail(Errc::kProtocol, "a frame of another kind within the request's body");
  const std::size_t size = frame.payload.size();
  const std::size_t credit = std::exchange(credit_, 0);
  if (size > credit || (size == 0 && !frame.is_last))
    return fail(Errc::kProtocol, "a request-body frame of " + std::to_string(size) +
                                     " bytes where " + std::to_string(credit) + " were asked for");
  if (rest_) *rest_ -= size;
  if (frame.is_last && rest_.value_or(0) != 0)
    return fail(Errc::kProtocol, "the request's body ended before its announced length");
  ended_ = frame.is_last || rest_ == 0;
  available_ = frame.payload;
  return {};
}

}  // namespace warp::worker
