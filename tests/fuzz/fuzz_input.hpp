// An input taken apart: small numbers and texts that steer a target.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace warp {

class FuzzInput final {
 public:
  FuzzInput(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  [[nodiscard]] bool is_empty() const { return rest_.empty(); }
  // 0 at the input's end.
  [[nodiscard]] std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  [[nodiscard]] std::uint64_t number() {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8U | byte();
    return value;
  }
  // As many bytes, or what is left.
  [[nodiscard]] std::string_view text(std::size_t size) {
    const std::string_view value = rest_.substr(0, size);
    rest_.remove_prefix(value.size());
    return value;
  }

 private:
  std::string_view rest_;
};

// A property of the code under test; its failure is what the fuzzer looks for.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace warp
