// The door to nlohmann-json in the launcher: reading documents without exceptions.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace warp {

using Json = nlohmann::ordered_json;

// A discarded value (Json::is_discarded) for what is no JSON.
[[nodiscard]] inline Json parse_json(std::string_view text) {
  return Json::parse(text, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/false);
}

// Each gives nothing for a member that is missing or of another type.
[[nodiscard]] inline const Json* member_of(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

[[nodiscard]] inline std::string text_of(const Json& object, const char* name) {
  const Json* const member = member_of(object, name);
  return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

[[nodiscard]] inline std::optional<double> number_of(const Json& object, const char* name) {
  const Json* const member = member_of(object, name);
  return member != nullptr && member->is_number() ? std::optional(member->get<double>())
                                                  : std::nullopt;
}

[[nodiscard]] inline bool is_true(const Json& object, const char* name) {
  const Json* const member = member_of(object, name);
  return member != nullptr && member->is_boolean() && member->get<bool>();
}

// For a program to read. What is no UTF-8, as in the name of a folder, is replaced.
[[nodiscard]] inline std::string as_document(const Json& json) {
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

}  // namespace warp
