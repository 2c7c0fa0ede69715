#include "launcher/settings/store.hpp"

namespace warp {
namespace {

constexpr auto kNotWord = "' is none of ";

tl::unexpected<Error> refuse(const Given& given, const std::string& why) {
  const std::string word = given.words.empty() ? "" : printable(given.words.front());
  return fail(Errc::kInvalidSetting, given.origin + ": '" + word + why);
}

}  // namespace

Result<std::int64_t> read_number(const Given& given) {
  const Option& option = *given.option;
  const auto number = given.words.empty() ? std::nullopt : parse_integer(given.words.front());
  if (!number || *number < option.lowest || *number > option.highest)
    return refuse(given, "' is not a number from " + std::to_string(option.lowest) + " to " +
                             std::to_string(option.highest));
  return *number;
}

Result<std::uint64_t> read_bytes(const Given& given) {
  const auto bytes = given.words.empty() ? std::nullopt : parse_bytes(given.words.front());
  if (!bytes) return refuse(given, "' is not a number of bytes, or of K, M or G of them");
  return *bytes;
}

Result<std::size_t> read_choice(const Given& given) {
  const auto choices = split(given.option->choices, '|');
  const auto found = given.words.empty()
                         ? choices.end()
                         : std::find(choices.begin(), choices.end(), given.words.front());
  if (found == choices.end()) {
    const std::vector<std::string> names(choices.begin(), choices.end());
    return refuse(given, kNotWord + join(names, ", "));
  }
  return static_cast<std::size_t>(found - choices.begin());
}

Result<std::string> read_switch_interval(const Given& given) {
  constexpr std::chrono::microseconds kShortest{1};
  constexpr std::chrono::microseconds kLongest = std::chrono::seconds(10);
  const auto time = given.words.empty() ? std::nullopt : parse_seconds(given.words.front());
  if (!time || *time < kShortest || *time > kLongest)
    return refuse(given, "' is not a number of seconds from 0.000001 to 10");
  return given.words.front();
}

Result<bool> read_switch(const Given& given) {
  const std::string word = given.words.empty() ? "" : to_lower(given.words.front());
  if (word == "true" || word == "on" || word == "yes" || word == "1") return true;
  if (word == "false" || word == "off" || word == "no" || word == "0") return false;
  return refuse(given, "' is neither true nor false");
}

Result<std::string> read_word(const Given& given) {
  if (given.words.empty() || given.words.front().empty())
    return refuse(given, "' is empty; leave the option out or give it a value");
  return given.words.front();
}

}  // namespace warp
