// What requests are counted by: few classes, whatever clients and applications send.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace warp::core {

enum class MethodClass : std::uint8_t {
  kGet,
  kHead,
  kPost,
  kPut,
  kPatch,
  kDelete,
  kOptions,
  kOther,
};
inline constexpr std::size_t kMethodClasses = 8;

[[nodiscard]] MethodClass class_of_method(std::string_view method);
// "GET"; "other".
[[nodiscard]] std::string_view label_of(MethodClass method);

enum class StatusClass : std::uint8_t { k1xx, k2xx, k3xx, k4xx, k5xx };
inline constexpr std::size_t kStatusClasses = 5;

// What is no status of HTTP is the server's failure.
[[nodiscard]] StatusClass class_of_status(int status);
// "2xx"
[[nodiscard]] std::string_view label_of(StatusClass status);

}  // namespace warp::core
