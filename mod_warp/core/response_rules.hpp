// What httpd's child makes of a response's header and length.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace warp::core {

// Fields that speak of the connection and are httpd's own business (RFC 9110 7.6.1, PEP 3333).
[[nodiscard]] bool is_hop_by_hop(std::string_view field_name);

// A response to these has no body, whatever the application sends (RFC 9110 6.4.1).
[[nodiscard]] constexpr bool has_no_body(std::uint16_t status) {
  return status == 204 || status == 304;
}

// Keeps a body to the length that its header declares.
class BodyLength final {
 public:
  BodyLength() = default;
  explicit BodyLength(std::optional<std::uint64_t> declared) : left_(declared) {}

  // How much of these bytes belongs to the body.
  [[nodiscard]] std::size_t admit(std::size_t size) {
    if (!left_) return size;
    const std::size_t fitting = *left_ < size ? static_cast<std::size_t>(*left_) : size;
    *left_ -= fitting;
    return fitting;
  }
  // Ending here would cheat the client: it would take the next response for the rest.
  [[nodiscard]] bool is_short() const { return left_ && *left_ > 0; }

 private:
  std::optional<std::uint64_t> left_;  // nullopt: no length declared
};

}  // namespace warp::core
