// How a value of each kind gets from text into its field. One template per kind, so that the
// compiler checks each row of the option table against the field's type.
#pragma once

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/settings/option.hpp"

namespace warp {

// The number, or an error that names origin, value and range.
[[nodiscard]] Result<std::int64_t> read_number(const Given& given);
// The place of the word among the option's choices.
[[nodiscard]] Result<std::size_t> read_choice(const Given& given);
// The number of bytes, which may be written with a unit.
[[nodiscard]] Result<std::uint64_t> read_bytes(const Given& given);
// Seconds with a fraction, as they were written.
[[nodiscard]] Result<std::string> read_switch_interval(const Given& given);
[[nodiscard]] Result<bool> read_switch(const Given& given);
[[nodiscard]] Result<std::string> read_word(const Given& given);
// Each word as the option's choices spell it; the case does not matter.
[[nodiscard]] Result<std::vector<std::string>> read_choices(const Given& given);
// Addresses and networks, or "*".
[[nodiscard]] Result<std::vector<std::string>> read_networks(const Given& given);

template <auto field>
Result<> store_integer(Settings& settings, const Given& given) {
  WARP_TRY(const std::int64_t number, read_number(given));
  using Field = std::remove_reference_t<decltype(settings.*field)>;
  settings.*field = static_cast<Field>(number);
  return {};
}

template <auto field>
Result<> store_bytes(Settings& settings, const Given& given) {
  WARP_TRY(settings.*field, read_bytes(given));
  return {};
}

template <auto field>
Result<> store_seconds(Settings& settings, const Given& given) {
  WARP_TRY(const std::int64_t number, read_number(given));
  settings.*field = std::chrono::seconds(number);
  return {};
}

template <auto field>
Result<> store_switch_interval(Settings& settings, const Given& given) {
  WARP_TRY(settings.*field, read_switch_interval(given));
  return {};
}

// The choices of the table stand in the order of the enumeration.
template <auto field>
Result<> store_choice(Settings& settings, const Given& given) {
  WARP_TRY(const std::size_t place, read_choice(given));
  using Choice = typename std::remove_reference_t<decltype(settings.*field)>::value_type;
  settings.*field = static_cast<Choice>(place);
  return {};
}

template <auto field>
Result<> store_chosen_word(Settings& settings, const Given& given) {
  WARP_CHECK(read_choice(given));
  settings.*field = given.words.front();
  return {};
}

template <auto field>
Result<> store_choices(Settings& settings, const Given& given) {
  WARP_TRY(settings.*field, read_choices(given));
  return {};
}

template <auto field>
Result<> store_networks(Settings& settings, const Given& given) {
  WARP_TRY(settings.*field, read_networks(given));
  return {};
}

template <auto field>
Result<> store_flag(Settings& settings, const Given& given) {
  WARP_TRY(settings.*field, read_switch(given));
  return {};
}

template <auto field>
Result<> store_text(Settings& settings, const Given& given) {
  WARP_TRY(settings.*field, read_word(given));
  return {};
}

template <auto field>
Result<> store_texts(Settings& settings, const Given& given) {
  settings.*field = given.words;
  return {};
}

template <auto field>
Result<> store_located(Settings& settings, const Given& given) {
  WARP_TRY(std::string word, read_word(given));
  settings.*field = LocatedText{std::move(word), given.base};
  return {};
}

template <auto field>
Result<> store_path(Settings& settings, const Given& given) {
  WARP_TRY(const std::string word, read_word(given));
  settings.*field = absolute(word, given.base);
  return {};
}

template <auto field>
Result<> store_paths(Settings& settings, const Given& given) {
  (settings.*field).clear();
  for (const std::string& word : given.words)
    (settings.*field).push_back(absolute(word, given.base));
  return {};
}

template <auto field>
Result<> store_pairs(Settings& settings, const Given& given) {
  (settings.*field).clear();
  for (std::size_t i = 0; i + 1 < given.words.size(); i += 2)
    (settings.*field).emplace_back(given.words[i], given.words[i + 1]);
  return {};
}

// The second of each pair is a path.
template <auto field>
Result<> store_path_pairs(Settings& settings, const Given& given) {
  WARP_CHECK(store_pairs<field>(settings, given));
  for (auto& [name, path] : settings.*field) path = absolute(path, given.base);
  return {};
}

}  // namespace warp
