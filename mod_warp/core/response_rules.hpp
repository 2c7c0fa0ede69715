// What httpd's child makes of a response's header and length.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace warp::core {

// Fields that speak of the connection and are httpd's own business (RFC 9110 7.6.1, PEP 3333).
[[nodiscard]] bool is_hop_by_hop(std::string_view field_name);

// Fields that tell a client something useful before the response is there (RFC 8297).
[[nodiscard]] bool is_early_hint(std::string_view field_name);

// Fields that stay when httpd's error page takes the place of an application's error: without
// them the client could not do what the status asks for.
[[nodiscard]] bool survives_error_page(std::string_view field_name);

// A response to these has no body, whatever the application sends (RFC 9110 6.4.1).
[[nodiscard]] constexpr bool has_no_body(std::uint16_t status) {
  return status == 204 || status == 304;
}

[[nodiscard]] constexpr bool is_error(std::uint16_t status) {
  return status >= 400 && status < 600;
}

// Keeps a body to the length that its header declares.
class BodyLength final {
 public:
  BodyLength() = default;
  explicit BodyLength(std::optional<std::uint64_t> declared) : left_(declared) {}

  // How much of these bytes belongs to the body.
  [[nodiscard]] std::uint64_t admit(std::uint64_t size) {
    if (!left_) return size;
    const std::uint64_t fitting = *left_ < size ? *left_ : size;
    *left_ -= fitting;
    return fitting;
  }
  // Ending here would cheat the client: it would take the next response for the rest.
  [[nodiscard]] bool is_short() const { return left_ && *left_ > 0; }

 private:
  std::optional<std::uint64_t> left_;  // nullopt: no length declared
};

}  // namespace warp::core
