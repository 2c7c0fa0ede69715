#include "wire/frame.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "wire/bytes.hpp"

namespace warp::wire {
namespace {

// Fits a usual request or response whole; grows to the announced length of a larger frame.
constexpr std::size_t kUsualSize = std::size_t{16} << 10U;
// A frame of more than this to a child is taken for part of a large response: several of them in
// one read go to the client in one write, which costs far more than the read.
constexpr std::size_t kLargeFrame = std::size_t{64} << 10U;
constexpr std::size_t kSeveralFrames = 4 * (kMaxBodyPayload + kFrameHeaderSize);

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
    case FrameType::kResponseFile:
      return Rule{Receiver::kChild, kFilePartSize, true};
    case FrameType::kInterim:
      return Rule{Receiver::kChild, kMaxResponseHead, false};
    case FrameType::kLog:
      return Rule{Receiver::kChild, sizeof(std::uint8_t) + kMaxLogText, false};
    case FrameType::kBodyMemory:
      return Rule{Receiver::kChild, 0, false};
    case FrameType::kSharedBody:
      return Rule{Receiver::kChild, kFilePartSize, true};
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

FrameDecoder::FrameDecoder(Receiver receiver) : receiver_(receiver) {}

void FrameDecoder::make_room(std::size_t wanted) {
  if (is_empty()) begin_ = end_ = 0;
  if (begin_ + wanted <= capacity_) return;
  if (wanted > capacity_) {
    const std::size_t capacity = wanted > kLargeFrame && receiver_ == Receiver::kChild
                                     ? std::max(wanted, kSeveralFrames)
                                     : std::max(wanted, kUsualSize);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    std::copy_n(buffer_.get() + begin_, held(), larger.get());
    buffer_ = std::move(larger);
    capacity_ = capacity;
  } else {
    std::memmove(buffer_.get(), buffer_.get() + begin_, held());
  }
  end_ -= begin_;
  begin_ = 0;
}

std::span<char> FrameDecoder::space() {
  make_room(std::max(wanted_, held() + 1));
  return {buffer_.get() + end_, capacity_ - end_};
}

void FrameDecoder::filled(std::size_t count) {
  assert(count <= capacity_ - end_);
  end_ += count;
}

void FrameDecoder::shrink() {
  if (!is_empty() || capacity_ <= kUsualSize) return;
  buffer_.reset();
  capacity_ = 0;
}

std::optional<FrameType> FrameDecoder::peek() const {
  if (held() < kFrameHeaderSize) return std::nullopt;
  const auto length = get_number<std::uint32_t>(&buffer_[begin_ + 4]);
  if (held() - kFrameHeaderSize < length) return std::nullopt;
  return static_cast<FrameType>(buffer_[begin_ + 1]);
}

Result<std::optional<Frame>> FrameDecoder::next() {
  if (held() < kFrameHeaderSize) return std::nullopt;
  const std::span<const char, kFrameHeaderSize> bytes(buffer_.get() + begin_, kFrameHeaderSize);
  WARP_TRY(const FrameHeader header, decode_frame_header(bytes, receiver_));
  const std::size_t size = kFrameHeaderSize + header.length;
  wanted_ = size;
  if (held() < size) return std::nullopt;
  wanted_ = kFrameHeaderSize;
  const std::string_view payload(buffer_.get() + begin_ + kFrameHeaderSize, header.length);
  begin_ += size;
  return Frame{.type = header.type, .is_last = header.is_last, .payload = payload};
}

}  // namespace warp::wire
