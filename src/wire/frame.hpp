// Frames: the unit of the channel between httpd's child and a worker. PROTOCOL.md describes the
// bytes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp::wire {

inline constexpr std::uint8_t kVersion = 1;
inline constexpr std::size_t kFrameHeaderSize = 8;

enum class FrameType : std::uint8_t {
  kRequestHead = 1,   // child > worker
  kRequestBody = 2,   // child > worker
  kRequestAbort = 3,  // child > worker: the rest of the body will not come
  kCredit = 4,        // worker > child: send up to so many bytes of the body
  kResponseHead = 5,  // worker > child
  kResponseBody = 6,  // worker > child
  kBroken = 7,        // worker > child: the response can't be completed
  kRejected = 8,      // worker > child: not started, ask another worker
  kResponseFile = 9,  // worker > child: part of a file, whose descriptor comes along
  kInterim = 10,      // worker > child: an interim response (103)
  kLog = 11,          // worker > child: what the application says, for the error log
  kBodyMemory = 12,   // worker > child: memory for bodies, whose descriptor comes along
  kSharedBody = 13,   // worker > child: the next part of the body lies in that memory
};

// On kRequestBody, kResponseHead, kResponseBody, kResponseFile and kSharedBody: nothing of this
// body follows.
inline constexpr std::uint8_t kEndFlag = 1;

// Bounds on payloads; a header that announces more is an error before anything is allocated.
inline constexpr std::size_t kMaxRequestHead = std::size_t{1} << 20U;
inline constexpr std::size_t kMaxResponseHead = std::size_t{1} << 18U;
inline constexpr std::size_t kMaxBodyPayload = (std::size_t{1} << 17U) - kFrameHeaderSize;
inline constexpr std::size_t kMaxLogText = std::size_t{64} << 10U;
inline constexpr std::size_t kFilePartSize = 2 * sizeof(std::uint64_t);

// Each side accepts only what the other may send.
enum class Receiver : std::uint8_t { kChild, kWorker };

struct Frame {
  FrameType type{};
  bool is_last = false;      // kEndFlag
  std::string_view payload;  // a view into the decoder's buffer, valid until its next space()
};

// Exactly one descriptor travels with the frame; with any other, none does.
[[nodiscard]] constexpr bool carries_descriptor(FrameType type) {
  return type == FrameType::kResponseFile || type == FrameType::kBodyMemory;
}

struct FrameHeader {
  FrameType type{};
  bool is_last = false;
  std::uint32_t length = 0;
};

// `length` must be within the type's bound (asserted).
[[nodiscard]] std::array<char, kFrameHeaderSize> encode_frame_header(const FrameHeader& header);
// kProtocol for a wrong version, a type that this receiver may not get, unknown flags or a length
// over the bound.
[[nodiscard]] Result<FrameHeader> decode_frame_header(std::span<const char, kFrameHeaderSize> bytes,
                                                      Receiver receiver);

// Turns a stream of bytes into frames. Never reads: the owner asks for space(), puts bytes there
// and says how many. Holds at most one largest frame, or four of a response's body. After an error
// the stream has lost its place and must be closed.
class FrameDecoder final {
 public:
  explicit FrameDecoder(Receiver receiver);

  // Room for the next bytes: at least one byte, at best the rest of the current frame or some small
  // frames. Invalidates the payload of the last frame.
  [[nodiscard]] std::span<char> space();
  void filled(std::size_t count);

  // nullopt: more bytes are needed. Earlier payloads stay valid.
  [[nodiscard]] Result<std::optional<Frame>> next();
  // Gives back memory that a large frame needed, when nothing is held. Invalidates the payload of
  // the last frame.
  void shrink();

  // The type of the frame that next() gives, when it is here whole: the payloads delivered so far
  // stay valid then.
  [[nodiscard]] std::optional<FrameType> peek() const;
  // Bytes of an unfinished frame or of undelivered ones.
  [[nodiscard]] std::size_t held() const { return end_ - begin_; }
  [[nodiscard]] bool is_empty() const { return begin_ == end_; }
  [[nodiscard]] Receiver receiver() const { return receiver_; }

 private:
  void make_room(std::size_t wanted);

  Receiver receiver_;
  // Not a vector, which would write zeros to what is received into.
  std::unique_ptr<char[]> buffer_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;  // first byte not delivered
  std::size_t end_ = 0;    // past the last byte received
  std::size_t wanted_ =
      kFrameHeaderSize;  // size of the current frame as far as its checked header tells
};

}  // namespace warp::wire
