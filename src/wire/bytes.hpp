// Little-endian numbers and counted text, written to a string and read back with bounds checks.
// Shared by all of wire's codecs.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp::wire {

template <std::unsigned_integral Number>
[[nodiscard]] std::array<char, sizeof(Number)> number_bytes(Number value) {
  std::array<char, sizeof(Number)> bytes{};
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    bytes[i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  return bytes;
}

template <std::unsigned_integral Number>
void put_number(std::string& out, Number value) {
  const auto bytes = number_bytes(value);
  out.append(bytes.data(), bytes.size());
}

template <std::unsigned_integral Number>
[[nodiscard]] Number get_number(const char* bytes) {
  Number value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    value = static_cast<Number>(value | static_cast<Number>(static_cast<unsigned char>(bytes[i]))
                                            << (8 * i));
  return value;
}

// Consumes a payload from its front. Every read fails with kProtocol, naming `what`, when too
// little is left.
class Reader final {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <std::unsigned_integral Number>
  [[nodiscard]] Result<Number> number(std::string_view what) {
    if (rest_.size() < sizeof(Number)) return too_short(what);
    const auto value = get_number<Number>(rest_.data());
    rest_.remove_prefix(sizeof(Number));
    return value;
  }

  // Text preceded by its length, as wide as Length.
  template <std::unsigned_integral Length>
  [[nodiscard]] Result<std::string_view> text(std::string_view what) {
    WARP_TRY(const Length length, number<Length>(what));
    if (rest_.size() < length) return too_short(what);
    const std::string_view value = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return value;
  }

  [[nodiscard]] std::size_t remaining() const { return rest_.size(); }
  [[nodiscard]] Result<> expect_end(std::string_view what) const;

 private:
  [[nodiscard]] static tl::unexpected<Error> too_short(std::string_view what);

  std::string_view rest_;
};

}  // namespace warp::wire
