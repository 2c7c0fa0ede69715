#include "mod_warp/core/accept_encoding.hpp"

#include <optional>

#include "base/strings.hpp"

namespace warp::core {
namespace {

constexpr unsigned kMost = 1000;

// "0.75" in thousandths; nullopt for what is no weight.
std::optional<unsigned> weight_of(std::string_view text) {
  const auto seconds = parse_seconds(text);
  if (!seconds || seconds->count() > 1'000'000) return std::nullopt;
  return static_cast<unsigned>(seconds->count() / kMost);
}

// Of what follows the coding's name: ";q=0.5", or nothing.
unsigned weight_in(std::string_view parameters) {
  for (const std::string_view parameter : split(parameters, ';')) {
    const std::string_view trimmed = trim(parameter);
    if (trimmed.size() > 2 && equals_ignoring_case(trimmed.substr(0, 2), "q="))
      return weight_of(trim(trimmed.substr(2))).value_or(0);
  }
  return kMost;
}

}  // namespace

unsigned wanted(std::string_view accept_encoding, std::string_view coding) {
  unsigned of_others = 0;
  for (const std::string_view element : split(accept_encoding, ',')) {
    const std::size_t semicolon = element.find(';');
    const std::string_view name = trim(element.substr(0, semicolon));
    const std::string_view parameters =
        semicolon == std::string_view::npos ? std::string_view() : element.substr(semicolon + 1);
    if (equals_ignoring_case(name, coding)) return weight_in(parameters);
    if (name == "*") of_others = weight_in(parameters);
  }
  return of_others;
}

}  // namespace warp::core
