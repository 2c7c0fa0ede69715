#include "wire/request_head.hpp"

#include <cassert>
#include <limits>

#include "wire/bytes.hpp"
#include "wire/environ_key.hpp"
#include "wire/frame.hpp"

namespace warp::wire {
namespace {

constexpr std::uint8_t kPreloadIsWhole = 1;
// Code and value length: no pair is shorter.
constexpr std::size_t kSmallestPair = sizeof(std::uint8_t) + sizeof(std::uint32_t);

Result<BodyKind> body_kind(std::uint8_t value) {
  if (value > static_cast<std::uint8_t>(BodyKind::kUnsized))
    return fail(Errc::kProtocol, "request head with unknown body kind " + std::to_string(value));
  return static_cast<BodyKind>(value);
}

Result<EnvironPair> read_pair(Reader& reader) {
  EnvironPair pair;
  WARP_TRY(pair.code, reader.number<std::uint8_t>("environ code"));
  if (pair.code == 0) {
    WARP_TRY(pair.name, reader.text<std::uint16_t>("environ name"));
    if (pair.name.empty()) return fail(Errc::kProtocol, "environ name is empty");
  } else {
    const auto name = environ_name(pair.code);
    if (!name) return fail(Errc::kProtocol, "unknown environ code " + std::to_string(pair.code));
    pair.name = *name;
  }
  WARP_TRY(pair.value, reader.text<std::uint32_t>("environ value"));
  return pair;
}

Result<> check_body(const RequestHead& head) {
  const bool fits = head.body == BodyKind::kSized ? head.preloaded_length <= head.body_length
                    : head.body == BodyKind::kUnsized
                        ? head.body_length == 0
                        : head.body_length == 0 && head.preloaded_length == 0;
  if (!fits) return fail(Errc::kProtocol, "request head whose body lengths contradict each other");
  return {};
}

}  // namespace

RequestHeadEncoder::RequestHeadEncoder(std::string& out, const RequestHead& head) : out_(out) {
  out_.clear();
  put_number(out_, head.request_id);
  put_number(out_, head.arrived_us);
  put_number(out_, head.sent_us);
  put_number(out_, static_cast<std::uint8_t>(head.body));
  put_number(out_, head.preload_is_whole ? kPreloadIsWhole : std::uint8_t{0});
  put_number(out_, head.body_length);
  put_number(out_, head.preloaded_length);
  put_number(out_, std::uint16_t{0});
}

void RequestHeadEncoder::add(std::string_view name, std::string_view value) {
  if (const std::uint8_t code = environ_code(name); code != 0) return add(code, value);
  assert(!name.empty() && name.size() <= std::numeric_limits<std::uint16_t>::max());
  put_number(out_, std::uint8_t{0});
  put_number(out_, static_cast<std::uint16_t>(name.size()));
  out_ += name;
  put_number(out_, static_cast<std::uint32_t>(value.size()));
  out_ += value;
  ++count_;
}

void RequestHeadEncoder::add(std::uint8_t code, std::string_view value) {
  put_number(out_, code);
  put_number(out_, static_cast<std::uint32_t>(value.size()));
  out_ += value;
  ++count_;
}

Result<> RequestHeadEncoder::finish() {
  constexpr std::size_t kCountAt =
      3 * sizeof(std::uint64_t) + 2 + sizeof(std::uint64_t) + sizeof(std::uint32_t);
  if (out_.size() > kMaxRequestHead)
    return fail(Errc::kTooLarge, "request head of " + std::to_string(out_.size()) +
                                     " bytes exceeds the channel's bound of " +
                                     std::to_string(kMaxRequestHead));
  out_[kCountAt] = static_cast<char>(static_cast<unsigned char>(count_));
  out_[kCountAt + 1] = static_cast<char>(static_cast<unsigned char>(count_ >> 8U));
  return {};
}

Result<RequestHead> decode_request_head(std::string_view payload) {
  Reader reader(payload);
  RequestHead head;
  WARP_TRY(head.request_id, reader.number<std::uint64_t>("request id"));
  WARP_TRY(head.arrived_us, reader.number<std::uint64_t>("arrival time"));
  WARP_TRY(head.sent_us, reader.number<std::uint64_t>("sending time"));
  WARP_TRY(const auto body, reader.number<std::uint8_t>("body kind"));
  WARP_TRY(head.body, body_kind(body));
  WARP_TRY(const auto flags, reader.number<std::uint8_t>("request flags"));
  if ((flags & ~kPreloadIsWhole) != 0)
    return fail(Errc::kProtocol, "request head with unknown flags");
  head.preload_is_whole = (flags & kPreloadIsWhole) != 0;
  WARP_TRY(head.body_length, reader.number<std::uint64_t>("body length"));
  WARP_TRY(head.preloaded_length, reader.number<std::uint32_t>("preloaded length"));
  WARP_CHECK(check_body(head));
  WARP_TRY(const auto count, reader.number<std::uint16_t>("environ count"));
  if (count > reader.remaining() / kSmallestPair)
    return fail(Errc::kProtocol, "environ count exceeds the request head");
  head.environ.reserve(count);
  for (std::uint16_t i = 0; i < count; ++i) {
    WARP_TRY(const EnvironPair pair, read_pair(reader));
    head.environ.push_back(pair);
  }
  WARP_CHECK(reader.expect_end("request head"));
  return head;
}

}  // namespace warp::wire
