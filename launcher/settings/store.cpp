#include "launcher/settings/store.hpp"

#include "base/internet_address.hpp"

namespace warp {
namespace {

constexpr auto kNotWord = "' is none of ";

tl::unexpected<Error> refuse_word(const Given& given, const std::string& word,
                                  const std::string& why) {
  return fail(Errc::kInvalidSetting, given.origin + ": '" + printable(word) + why);
}

tl::unexpected<Error> refuse(const Given& given, const std::string& why) {
  return refuse_word(given, given.words.empty() ? "" : given.words.front(), why);
}

bool is_network(std::string_view word) {
  const std::size_t slash = word.find('/');
  if (!parse_internet_address(word.substr(0, slash))) return false;
  if (slash == std::string_view::npos) return true;
  const bool is_ipv6 = word.find(':') != std::string_view::npos;
  const auto bits = parse_unsigned(word.substr(slash + 1));
  return bits && *bits <= (is_ipv6 ? 128U : 32U);
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

Result<std::vector<std::string>> read_choices(const Given& given) {
  const auto choices = split(given.option->choices, '|');
  std::vector<std::string> chosen;
  for (const std::string& word : given.words) {
    const auto found = std::find_if(choices.begin(), choices.end(), [&](std::string_view choice) {
      return equals_ignoring_case(choice, word);
    });
    if (found == choices.end())
      return refuse_word(given, word, kNotWord + join({choices.begin(), choices.end()}, ", "));
    chosen.emplace_back(*found);
  }
  return chosen;
}

Result<std::vector<std::string>> read_networks(const Given& given) {
  for (const std::string& word : given.words)
    if (word != "*" && !is_network(word))
      return refuse_word(given, word,
                         "' is neither an address nor a network (10.0.0.0/8), nor * for everybody");
  return given.words;
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
