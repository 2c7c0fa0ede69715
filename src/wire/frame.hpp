// Frames: the unit of the channel between httpd's child and a worker. PROTOCOL.md describes the
// bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
};

// On kRequestBody, kResponseHead and kResponseBody: nothing of this body follows.
inline constexpr std::uint8_t kEndFlag = 1;

// Bounds on payloads; a header that announces more is an error before anything is allocated.
inline constexpr std::size_t kMaxRequestHead = std::size_t{1} << 20U;
inline constexpr std::size_t kMaxResponseHead = std::size_t{1} << 18U;
inline constexpr std::size_t kMaxBodyPayload = (std::size_t{1} << 17U) - kFrameHeaderSize;

// Each side accepts only what the other may send.
enum class Receiver : std::uint8_t { kChild, kWorker };

struct Frame {
  FrameType type{};
  bool is_last = false;      // kEndFlag
  std::string_view payload;  // a view into the decoder's buffer, valid until its next space()
};

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
// and says how many. Holds at most one largest frame. After an error the stream has lost its place
// and must be closed.
class FrameDecoder final {
 public:
  explicit FrameDecoder(Receiver receiver);

  // Room for the next bytes: at least one byte, at best the rest of the current frame or some small
  // frames. Invalidates the payload of the last frame.
  [[nodiscard]] std::span<char> space();
  void filled(std::size_t count);

  // nullopt: more bytes are needed.
  [[nodiscard]] Result<std::optional<Frame>> next();
  // No byte of an unfinished or undelivered frame is held.
  [[nodiscard]] bool is_empty() const { return begin_ == end_; }

 private:
  void make_room(std::size_t wanted);

  Receiver receiver_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // first byte not delivered
  std::size_t end_ = 0;    // past the last byte received
  std::size_t wanted_ =
      kFrameHeaderSize;  // size of the current frame as far as its checked header tells
};

}  // namespace warp::wire
