#include "mod_warp/child/request_body.hpp"

#include <algorithm>

#include "mod_warp/config/directory_config.hpp"

namespace warp {
namespace {

constexpr std::size_t kMostPerFrame = std::size_t{64} << 10U;
static_assert(kMostPerFrame <= wire::kMaxBodyPayload);

// More is not read away after the response: the client sees it and a closed connection instead.
constexpr std::uint64_t kLongRest = std::uint64_t{64} << 10U;

BodyProblem problem_of(apr_status_t status) {
  return {.status = ap_map_http_request_error(status, HTTP_BAD_REQUEST)};
}

// An input filter of content (mod_deflate) may change the length.
bool has_content_filter(const request_rec* request) {
  return request->input_filters != request->proto_input_filters;
}

}  // namespace

tl::expected<RequestBody, BodyProblem> RequestBody::of(request_rec* request) {
  using Kind = wire::BodyKind;
  if (request->main != nullptr) return RequestBody(request, Kind::kNone, 0);
  const int chunked = directory_config_of(request).takes_chunked_requests()
                          ? REQUEST_CHUNKED_DECHUNK
                          : REQUEST_CHUNKED_ERROR;
  // Reads no byte; checks the header.
  if (const int status = ap_setup_client_block(request, chunked); status != OK)
    return tl::unexpected(BodyProblem{status});
  const auto length = static_cast<std::uint64_t>(std::max<apr_off_t>(request->remaining, 0));
  if (request->read_chunked == 0 && length == 0) return RequestBody(request, Kind::kNone, 0);
  if (request->read_chunked != 0 || has_content_filter(request))
    return RequestBody(request, Kind::kUnsized, 0);
  return RequestBody(request, Kind::kSized, length);
}

tl::expected<void, BodyProblem> RequestBody::preload(std::size_t most) {
  if (kind_ == wire::BodyKind::kNone || request_->expecting_100 != 0) return {};
  // Grown step by step it would cost page faults in every request.
  preloaded_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(declared_length_, most)));
  if (const auto gathered = gather(preloaded_, most, APR_NONBLOCK_READ); !gathered) return gathered;
  preload_is_whole_ = is_at_end_;
  if (preload_is_whole_ && preloaded_.empty()) kind_ = wire::BodyKind::kNone;
  return {};
}

// Appends up to `most` bytes: the first read waits or does not, those after it never do.
tl::expected<void, BodyProblem> RequestBody::gather(std::string& out, std::size_t most,
                                                    apr_read_type_e first_read) {
  apr_read_type_e blocking = first_read;
  while (out.size() < most && !is_at_end_) {
    if (brigade_ == nullptr || APR_BRIGADE_EMPTY(brigade_)) {
      const apr_status_t status = read_from_filters(most - out.size(), blocking);
      if (APR_STATUS_IS_EAGAIN(status)) break;
      if (status != APR_SUCCESS) return tl::unexpected(problem_of(status));
      if (APR_BRIGADE_EMPTY(brigade_)) break;
    }
    const std::size_t before = out.size();
    if (const apr_status_t status = take_buckets(out, most); status != APR_SUCCESS)
      return tl::unexpected(problem_of(status));
    if (out.size() > before) blocking = APR_NONBLOCK_READ;
  }
  return {};
}

apr_status_t RequestBody::read_from_filters(std::size_t most, apr_read_type_e blocking) {
  if (brigade_ == nullptr)
    brigade_ = apr_brigade_create(request_->pool, request_->connection->bucket_alloc);
  return ap_get_brigade(request_->input_filters, brigade_, AP_MODE_READBYTES, blocking,
                        static_cast<apr_off_t>(most));
}

// Moves buckets into `out` until it holds `most` bytes; a rest stays in the brigade.
apr_status_t RequestBody::take_buckets(std::string& out, std::size_t most) {
  while (!APR_BRIGADE_EMPTY(brigade_) && out.size() < most) {
    apr_bucket* const bucket = APR_BRIGADE_FIRST(brigade_);
    if (APR_BUCKET_IS_EOS(bucket)) {
      is_at_end_ = true;
    } else if (!APR_BUCKET_IS_METADATA(bucket)) {
      const char* data = nullptr;
      apr_size_t length = 0;
      const apr_status_t status = apr_bucket_read(bucket, &data, &length, APR_BLOCK_READ);
      if (status != APR_SUCCESS) return status;
      const std::size_t taken = std::min<std::size_t>(length, most - out.size());
      out.append(data, taken);
      read_ += taken;
      if (taken < length) apr_bucket_split(bucket, taken);
    }
    apr_bucket_delete(bucket);
  }
  // The end right behind the last byte is taken too: it saves an empty frame.
  if (!APR_BRIGADE_EMPTY(brigade_) && APR_BUCKET_IS_EOS(APR_BRIGADE_FIRST(brigade_)))
    is_at_end_ = true;
  return APR_SUCCESS;
}

Result<> RequestBody::open_credit(std::uint32_t bytes) {
  if (bytes == 0) return fail(Errc::kProtocol, "a credit of no bytes");
  if (has_open_credit()) return fail(Errc::kProtocol, "a credit while another is open");
  if (kind_ == wire::BodyKind::kNone || is_at_end_)
    return fail(Errc::kProtocol, "a credit after the end of the request's body");
  credit_ = bytes;
  return {};
}

Result<std::optional<BodyProblem>> RequestBody::serve(channel::Channel& channel,
                                                      apr_read_type_e blocking) {
  piece_.clear();
  do {
    if (const auto gathered = gather(piece_, std::min(credit_, kMostPerFrame), blocking); !gathered)
      return abort(channel, gathered.error());
    was_consumed_ = was_consumed_ || !piece_.empty();
    if (piece_.empty() && !is_at_end_ && blocking == APR_NONBLOCK_READ) return std::nullopt;
  } while (piece_.empty() && !is_at_end_);
  credit_ = 0;
  WARP_CHECK(channel.send(
      {.type = wire::FrameType::kRequestBody, .is_last = is_at_end_, .payload = piece_}));
  return std::nullopt;
}

Result<std::optional<BodyProblem>> RequestBody::abort(channel::Channel& channel,
                                                      BodyProblem problem) {
  credit_ = 0;
  WARP_CHECK(
      channel.send({.type = wire::FrameType::kRequestAbort, .is_last = false, .payload = {}}));
  return problem;
}

bool RequestBody::has_long_rest() const {
  if (!has_rest()) return false;
  return kind_ == wire::BodyKind::kUnsized || declared_length_ - read_ > kLongRest;
}

}  // namespace warp
