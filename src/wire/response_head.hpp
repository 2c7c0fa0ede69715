// The head of a response as the application gave it, and what httpd's child accepts of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace warp::wire {

inline constexpr std::uint16_t kEarlyHints = 103;
// A request that announces more than this many is at fault.
inline constexpr unsigned kMostInterimHeads = 16;

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

struct ResponseHead {
  std::uint16_t status = 0;      // 200 to 999; of an interim response 103
  std::string_view reason = {};  // may be empty
  std::vector<HeaderField> fields = {};
};

// Appends the payload to `out`. The caller has validated the parts (see decode); kTooLarge past
// kMaxResponseHead.
[[nodiscard]] Result<> encode_response_head(std::string& out, const ResponseHead& head);

// kProtocol unless the status is in range, every name is a token (RFC 9110 5.6.2) and reason and
// values hold no control character but tab: a hostile worker cannot split a response. The views
// point into `payload`.
[[nodiscard]] Result<ResponseHead> decode_response_head(std::string_view payload);

// The same for the payload of an interim frame, whose status is kEarlyHints.
[[nodiscard]] Result<ResponseHead> decode_interim_head(std::string_view payload);

// The rules of decode_response_head, for the worker to check before it sends.
[[nodiscard]] bool is_field_name(std::string_view name);
[[nodiscard]] bool is_field_value(std::string_view value);

}  // namespace warp::wire
