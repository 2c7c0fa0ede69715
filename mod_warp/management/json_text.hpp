// Writes one JSON document, value by value, into a text.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace warp::management {

class JsonText final {
 public:
  // Keys are our own words; in an array there is none.
  void begin_object(std::string_view key = {});
  void end_object() { text_ += '}'; }
  void begin_array(std::string_view key = {});
  void end_array() { text_ += ']'; }

  void text(std::string_view key, std::string_view value);
  // At most what JavaScript can count to.
  void number(std::string_view key, std::uint64_t value);
  void seconds(std::string_view key, std::chrono::microseconds value);
  void flag(std::string_view key, bool value);
  void null(std::string_view key);

  [[nodiscard]] std::string finish() && { return std::move(text_) + '\n'; }

 private:
  void begin_value(std::string_view key);

  std::string text_;
};

}  // namespace warp::management
