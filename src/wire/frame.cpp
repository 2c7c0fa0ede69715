#include "wire/frame.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "wire/bytes.hpp"

namespace warp::wire {
namespace {

// Fits a usual request or response whole; grows to the announced length of a larger frame.
constexpr std::size_t kUsualSize = std::size_t{16} << 10U;

struct Rule {
  Receiver receiver;
  std::size_t max_length;
  bool may_end;  // kEndFlag allowed
};

std::optional<Rule> rule_of(FrameType type) {
  switch (type) {
    case FrameType::kRequestHead:
      return Rule{Receiver::kWorker, kMaxRequestHead, false};
    case FrameType::kRequestBody:
      return Rule{Receiver::kWorker, kMaxBodyPayload, true};
    case FrameType::kRequestAbort:
      return Rule{Receiver::kWorker, 0, false};
    case FrameType::kCredit:
      return Rule{Receiver::kChild, sizeof(std::uint32_t), false};
    case FrameType::kResponseHead:
      return Rule{Receiver::kChild, kMaxResponseHead, true};
    case FrameType::kResponseBody:
      return Rule{Receiver::kChild, kMaxBodyPayload, true};
    case FrameType::kBroken:
      return Rule{Receiver::kChild, 0, false};
    case FrameType::kRejected:
      return Rule{Receiver::kChild, 0, false};
  }
  return std::nullopt;
}

tl::unexpected<Error> violation(const char* what, std::size_t value) {
  return fail(Errc::kProtocol, std::string("frame with ") + what + " " + std::to_string(value));
}

}  // namespace

std::array<char, kFrameHeaderSize> encode_frame_header(const FrameHeader& header) {
  assert(rule_of(header.type) && header.length <= rule_of(header.type)->max_length);
  std::array<char, kFrameHeaderSize> bytes{};
  bytes[0] = static_cast<char>(kVersion);
  bytes[1] = static_cast<char>(header.type);
  bytes[2] = static_cast<char>(header.is_last ? kEndFlag : 0);
  for (std::size_t i = 0; i < sizeof(header.length); ++i)
    bytes[4 + i] = static_cast<char>(static_cast<unsigned char>(header.length >> (8 * i)));
  return bytes;
}

Result<FrameHeader> decode_frame_header(std::span<const char, kFrameHeaderSize> bytes,
                                        Receiver receiver) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if (at(0) != kVersion) return violation("unknown version", at(0));
  const auto type = static_cast<FrameType>(at(1));
  const std::optional<Rule> rule = rule_of(type);
  if (!rule || rule->receiver != receiver) return violation("unexpected type", at(1));
  const bool is_last = at(2) == kEndFlag;
  if (at(2) != 0 && !(is_last && rule->may_end)) return violation("unknown flags", at(2));
  if (at(3) != 0) return violation("reserved byte", at(3));
  const auto length = get_number<std::uint32_t>(&bytes[4]);
  if (length > rule->max_length) return violation("oversized length", length);
  return FrameHeader{.type = type, .is_last = is_last, .length = length};
}

FrameDecoder::FrameDecoder(Receiver receiver) : receiver_(receiver), buffer_(kUsualSize) {}

void FrameDecoder::make_room(std::size_t wanted) {
  if (is_empty()) begin_ = end_ = 0;
  if (begin_ + wanted <= buffer_.size()) return;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (wanted > buffer_.size()) buffer_.resize(wanted);
}

std::span<char> FrameDecoder::space() {
  make_room(std::max(wanted_, end_ - begin_ + 1));
  return {buffer_.data() + end_, buffer_.size() - end_};
}

void FrameDecoder::filled(std::size_t count) {
  assert(count <= buffer_.size() - end_);
  end_ += count;
}

Result<std::optional<Frame>> FrameDecoder::next() {
  if (end_ - begin_ < kFrameHeaderSize) return std::nullopt;
  WARP_TRY(const FrameHeader header, decode_frame_header(std::span<const char, kFrameHeaderSize>(
                                                             &buffer_[begin_], kFrameHeaderSize),
                                                         receiver_));
  const std::size_t size = kFrameHeaderSize + header.length;
  wanted_ = size;
  if (end_ - begin_ < size) return std::nullopt;
  wanted_ = kFrameHeaderSize;
  const std::string_view payload(buffer_.data() + begin_ + kFrameHeaderSize, header.length);
  begin_ += size;
  return Frame{.type = header.type, .is_last = header.is_last, .payload = payload};
}

}  // namespace warp::wire
