#include "launcher/settings/environment.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/settings/own_variables.hpp"
#include "launcher/settings/suggest.hpp"
#include "launcher/settings/words.hpp"

namespace warp {
namespace {

constexpr std::string_view kPrefix = "WARPDRIVE_";

const Option* option_of(std::string_view name) {
  for (const Option& option : option_table())
    if (variable_of(option) == name) return &option;
  return nullptr;
}

Result<std::vector<std::string>> halves(const std::vector<std::string>& words) {
  std::vector<std::string> result;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::kInvalidSetting, "'" + printable(word) + "' is not NAME=VALUE");
    result.push_back(word.substr(0, equals));
    result.push_back(word.substr(equals + 1));
  }
  return result;
}

Result<std::vector<std::string>> words_for(const Option& option, const std::string& value) {
  if (option.shape == Shape::kFlag || option.shape == Shape::kOne) return {{value}};
  WARP_TRY(std::vector<std::string> words, split_words(value));
  if (option.shape == Shape::kPairs) return halves(words);
  return words;
}

std::string unknown(const std::string& name) {
  std::string guess = to_lower(std::string_view(name).substr(kPrefix.size()));
  std::replace(guess.begin(), guess.end(), '_', '-');
  const std::string nearest = nearest_option(guess);
  std::string text = "no option belongs to the environment variable " + printable(name);
  if (!nearest.empty()) text += "; did you mean " + variable_of(*find_option(nearest)) + "?";
  return text;
}

}  // namespace

std::vector<Given> read_environment(Host& host, Problems& problems) {
  std::vector<Given> givens;
  for (const auto& [name, value] : host.environment()) {
    if (!name.starts_with(kPrefix)) continue;
    const Option* const option = option_of(name);
    if (option == nullptr) {
      if (!is_own_variable(name)) host.warn(unknown(name));
    } else if (auto words = words_for(*option, value)) {
      givens.push_back({option, std::move(*words), name, host.current_directory()});
    } else {
      problems.push_back({words.error().code, name + ": " + words.error().detail});
    }
  }
  return givens;
}

}  // namespace warp
