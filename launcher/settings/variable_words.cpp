#include "launcher/settings/variable_words.hpp"

#include "base/internet_address.hpp"
#include "base/strings.hpp"
#include "launcher/settings/words.hpp"

namespace warp {
namespace {

Result<Words> halves(const Words& words) {
  Words result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    // The word itself may be a part of a secret.
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::kInvalidSetting,
                  "word " + std::to_string(i + 1) +
                      " is not NAME=VALUE; write quotes round a value with white space");
    result.push_back(words[i].substr(0, equals));
    result.push_back(words[i].substr(equals + 1));
  }
  return result;
}

bool is_address(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  return text == "*" || text == "localhost" || parse_internet_address(text).has_value();
}

}  // namespace

Result<Words> own_words(const Option& option, const std::string& value) {
  if (option.shape == Shape::kFlag || option.shape == Shape::kOne) return Words{value};
  WARP_TRY(Words words, split_words(value));
  if (option.shape == Shape::kPairs) return halves(words);
  return words;
}

Result<Words> switch_words(const Option& /*option*/, const std::string& value) {
  const std::string word = to_lower(value);
  const bool is_off = word == "0" || word == "no" || word == "off" || word == "false";
  return Words{is_off ? "false" : "true"};
}

Result<Words> comma_words(const Option& /*option*/, const std::string& value) {
  Words words;
  for (const std::string_view part : split(value, ','))
    if (const std::string_view word = trim(part); !word.empty()) words.emplace_back(word);
  return words;
}

Result<Words> address_words(const Option& /*option*/, const std::string& value) {
  return is_address(value) ? Words{value} : Words{};
}

Result<Words> module_words(const Option& /*option*/, const std::string& value) {
  return Words{value.find(':') == std::string::npos ? value + ":application" : value};
}

Result<Words> usual_proxy_headers(const Option& /*option*/, const std::string& /*value*/) {
  return Words{"X-Forwarded-For", "X-Forwarded-Proto"};
}

}  // namespace warp
