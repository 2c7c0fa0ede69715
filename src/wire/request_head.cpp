#include "wire/request_head.hpp"

#include <array>
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

// Most pairs have a code. False: read_pair() knows what this one is, or what is wrong with it.
bool take_coded_pair(std::string_view& rest, EnvironPair& pair) {
  if (rest.size() < kSmallestPair) return false;
  pair.code = get_number<std::uint8_t>(rest.data());
  const auto length = get_number<std::uint32_t>(rest.data() + 1);
  if (pair.code == 0 || pair.code >= kEnvironKeys.size() || rest.size() - kSmallestPair < length)
    return false;
  pair.name = kEnvironKeys[pair.code];
  pair.value = rest.substr(kSmallestPair, length);
  rest.remove_prefix(kSmallestPair + length);
  return true;
}

Result<> read_environ(std::string_view rest, std::size_t count, std::vector<EnvironPair>& environ) {
  environ.resize(count);
  for (EnvironPair& pair : environ) {
    if (take_coded_pair(rest, pair)) continue;
    Reader reader(rest);
    WARP_TRY(pair, read_pair(reader));
    rest.remove_prefix(rest.size() - reader.remaining());
  }
  return Reader(rest).expect_end("request head");
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
  const auto length = number_bytes(static_cast<std::uint32_t>(value.size()));
  const std::array<char, kSmallestPair> start = {static_cast<char>(code), length[0], length[1],
                                                 length[2], length[3]};
  out_.append(start.data(), start.size());
  out_ += value;
  ++count_;
}

Result<> RequestHeadEncoder::finish(std::size_t limit) {
  constexpr std::size_t kCountAt =
      3 * sizeof(std::uint64_t) + 2 + sizeof(std::uint64_t) + sizeof(std::uint32_t);
  constexpr std::size_t kMostPairs = std::numeric_limits<std::uint16_t>::max();
  if (out_.size() > limit || count_ > kMostPairs)
    return fail(Errc::kTooLarge, "request head of " + std::to_string(out_.size()) + " bytes and " +
                                     std::to_string(count_) + " variables exceeds the bound of " +
                                     std::to_string(limit) + " bytes and " +
                                     std::to_string(kMostPairs) + " variables");
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
  WARP_CHECK(
      read_environ(payload.substr(payload.size() - reader.remaining()), count, head.environ));
  return head;
}

}  // namespace warp::wire
