// The head of a request as it crosses the channel: what the worker needs before it calls the
// application.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "wire/frame.hpp"

namespace warp::wire {

struct EnvironPair {
  std::uint8_t code = 0;  // environ_key.hpp; 0: `name` is not one of them
  std::string_view name;
  std::string_view value;  // bytes as httpd has them; the application sees them as Latin-1
};

enum class BodyKind : std::uint8_t {
  kNone = 0,     // the request has no body
  kSized = 1,    // body_length bytes
  kUnsized = 2,  // chunked: until the frame with the end flag
};

struct RequestHead {
  std::uint64_t request_id = 0;  // unique among the children of one httpd; never 0
  std::uint64_t arrived_us = 0;  // microseconds since 1970, when httpd had read the request line
  std::uint64_t sent_us = 0;     // the same clock, when the child wrote this head
  BodyKind body = BodyKind::kNone;
  std::uint64_t body_length = 0;  // for kSized
  std::uint32_t preloaded_length =
      0;  // bytes of the body that follow at once in kRequestBody frames, without credit
  bool preload_is_whole = false;          // the body ends with them
  std::vector<EnvironPair> environ = {};  // views into the payload
};

// Builds the payload in a string that the owner keeps from request to request, so that its memory
// is reused.
class RequestHeadEncoder final {
 public:
  // Starts anew; `out` must outlive the encoder.
  RequestHeadEncoder(std::string& out, const RequestHead& head_without_environ);
  // The name in CGI form, of at most 65535 bytes.
  void add(std::string_view name, std::string_view value);
  void add(std::uint8_t code, std::string_view value);
  // kTooLarge when the payload exceeds `limit`, which is at most kMaxRequestHead, or has too many
  // pairs.
  [[nodiscard]] Result<> finish(std::size_t limit = kMaxRequestHead);

 private:
  std::string& out_;
  std::size_t count_ = 0;
};

[[nodiscard]] Result<RequestHead> decode_request_head(std::string_view payload);

}  // namespace warp::wire
