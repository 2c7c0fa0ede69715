// Small text helpers without a home in the standard library.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace warp {

// Views into text; empty fields are kept: split("a::b", ':') is {"a", "", "b"}.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
// Without ASCII white space at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);
// The whole text as a decimal number; nullopt for anything else, overflow and signs included.
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view text);
// The same with a minus sign before it, or none.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
// The same for seconds with at most six digits after a point ("0.005"), below a million.
[[nodiscard]] std::optional<std::chrono::microseconds> parse_seconds(std::string_view text);
// Bytes, or K, M or G of them: "512M". At most 2^50 bytes.
[[nodiscard]] std::optional<std::uint64_t> parse_bytes(std::string_view text);
// ASCII only, as HTTP field names and httpd's On/Off are compared.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string to_lower(std::string_view text);
// One printable line: control characters as \n, \t or \x1b, so that text from outside cannot forge
// a log line.
[[nodiscard]] std::string printable(std::string_view text);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace warp
