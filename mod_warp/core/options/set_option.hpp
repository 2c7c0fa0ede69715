// How a value of each kind gets from text into its field. One template per kind, so that the
// compiler checks each row of the option tables against the field's type. An error is the end of a
// sentence that starts with the option as it was written.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "base/strings.hpp"
#include "mod_warp/core/group_options.hpp"

namespace warp::core {

inline constexpr std::uint64_t kMostSeconds = 604'800;  // a week

[[nodiscard]] tl::unexpected<Error> not_an_option(std::string why);
[[nodiscard]] Result<std::uint64_t> read_number(std::string_view text, std::uint64_t lowest,
                                                std::uint64_t highest);
[[nodiscard]] Result<std::int64_t> read_integer(std::string_view text, std::int64_t lowest,
                                                std::int64_t highest);
[[nodiscard]] Result<std::chrono::seconds> read_seconds(std::string_view text,
                                                        std::uint64_t lowest);
[[nodiscard]] Result<std::uint64_t> read_bytes(std::string_view text);
[[nodiscard]] Result<bool> read_switch(std::string_view text);
[[nodiscard]] Result<std::string> read_text(std::string_view text);

// Those with a form of their own.
[[nodiscard]] Result<> set_error_page(GroupOptions& options, std::string_view text);
[[nodiscard]] Result<> set_python_path(GroupOptions& options, std::string_view text);
[[nodiscard]] Result<> set_sendfile_path(GroupOptions& options, std::string_view text);
[[nodiscard]] Result<> set_switch_interval(GroupOptions& options, std::string_view text);
[[nodiscard]] Result<> set_slow_request(GroupOptions& options, std::string_view text);
[[nodiscard]] Result<> set_supplementary_groups(GroupOptions& options, std::string_view text);
[[nodiscard]] Result<> set_umask(GroupOptions& options, std::string_view text);

template <typename Part, typename Value>
Value& field_of(GroupOptions& options, Value Part::*field) {
  if constexpr (std::is_same_v<Part, wire::GroupConfig>)
    return options.config.*field;
  else if constexpr (std::is_same_v<Part, QueueRules>)
    return options.queue.*field;
  else if constexpr (std::is_same_v<Part, Limits>)
    return options.limits.*field;
  else
    return options.*field;
}

template <auto Field, std::uint64_t Lowest, std::uint64_t Highest>
Result<> set_number(GroupOptions& options, std::string_view text) {
  WARP_TRY(const std::uint64_t number, read_number(text, Lowest, Highest));
  auto& field = field_of(options, Field);
  field = static_cast<std::remove_reference_t<decltype(field)>>(number);
  return {};
}

template <auto Field, std::int64_t Lowest, std::int64_t Highest>
Result<> set_integer(GroupOptions& options, std::string_view text) {
  WARP_TRY(const std::int64_t number, read_integer(text, Lowest, Highest));
  auto& field = field_of(options, Field);
  field = static_cast<std::remove_reference_t<decltype(field)>>(number);
  return {};
}

template <auto Field, std::uint64_t Lowest = 1>
Result<> set_seconds(GroupOptions& options, std::string_view text) {
  WARP_TRY(field_of(options, Field), read_seconds(text, Lowest));
  return {};
}

template <auto Field>
Result<> set_bytes(GroupOptions& options, std::string_view text) {
  WARP_TRY(field_of(options, Field), read_bytes(text));
  return {};
}

template <auto Field>
Result<> set_switch(GroupOptions& options, std::string_view text) {
  WARP_TRY(field_of(options, Field), read_switch(text));
  return {};
}

template <auto Field>
Result<> set_text(GroupOptions& options, std::string_view text) {
  WARP_TRY(field_of(options, Field), read_text(text));
  return {};
}

}  // namespace warp::core
