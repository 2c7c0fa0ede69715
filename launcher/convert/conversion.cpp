#include "launcher/convert/conversion.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<bool> switch_of(std::string_view value) {
  const std::string word = to_lower(value);
  if (is_one_of(word, {"", "true", "on", "yes"})) return true;
  if (is_one_of(word, {"false", "off", "no"})) return false;
  if (const auto number = parse_unsigned(word)) return *number > 0;
  return std::nullopt;
}

std::string opposite_of(std::string_view word) {
  if (is_one_of(word, {"true", "false"})) return word == "true" ? "false" : "true";
  return word == "on" ? "off" : "on";
}

void add_switch(Conversion& conversion, const Rule& rule, const Theirs& theirs) {
  const auto is_on = switch_of(theirs.value);
  if (!is_on) return leave(conversion, theirs, "it is neither on nor off");
  add_words(conversion, rule.ours, {*is_on ? std::string(rule.remark) : opposite_of(rule.remark)},
            theirs);
}

void add_log(Conversion& conversion, const Rule& rule, const Theirs& theirs) {
  const std::string word = to_lower(theirs.value);
  const bool is_off = is_one_of(word, {"", "none", "null", "false"});
  add_words(conversion, rule.ours, {is_off ? "false" : "true"}, theirs);
  if (!is_off && !is_one_of(word, {"-", "true"})) leave(conversion, theirs, rule.remark);
}

void add_level(Conversion& conversion, const Rule& rule, const Theirs& theirs) {
  std::string level = to_lower(theirs.value);
  if (level == "warning") level = "warn";
  if (level == "critical") level = "crit";
  add_words(conversion, rule.ours, {level}, theirs);
}

void add_address(Conversion& conversion, const Theirs& theirs) {
  const std::string& address = theirs.value;
  const std::size_t colon = address.rfind(':');
  const std::string port = colon == std::string::npos ? address : address.substr(colon + 1);
  if (address.find('/') != std::string::npos || !parse_unsigned(port))
    return leave(conversion, theirs, "httpd listens on a TCP port: say host and port");
  if (has_option(conversion, "port"))
    return leave(conversion, theirs, "there is one port, and another is taken already");
  add_words(conversion, "port", {port}, theirs);
  const std::string host = colon == std::string::npos ? "" : address.substr(0, colon);
  if (!host.empty() && host != "*" && host != "0.0.0.0" && host != "[::]")
    add_words(conversion, "host", {host}, theirs);
}

void add_addresses(Conversion& conversion, const Theirs& theirs) {
  for (const std::string_view address : split(theirs.value, ',')) {
    Theirs each = theirs;
    each.value = trim(address);
    add_address(conversion, each);
  }
}

void add_pair(Conversion& conversion, const Rule& rule, const Theirs& theirs, bool has_path) {
  const std::size_t equals = theirs.value.find('=');
  if (equals == std::string::npos)
    return leave(conversion, theirs, "it is no pair with = between name and value");
  const std::string value = theirs.value.substr(equals + 1);
  add_words(conversion, rule.ours,
            {theirs.value.substr(0, equals), has_path ? absolute(value, theirs.base) : value},
            theirs);
}

void add_paths(Conversion& conversion, const Rule& rule, const Theirs& theirs) {
  std::string text = theirs.value;
  std::replace(text.begin(), text.end(), ',', ':');
  for (const std::string_view path : split(text, ':'))
    if (!path.empty())
      add_words(conversion, rule.ours, {absolute(trim(path), theirs.base)}, theirs);
}

void apply(const Rule& rule, const Theirs& theirs, Conversion& conversion) {
  switch (rule.form) {
    case Form::kNone:
      return leave(conversion, theirs, rule.remark);
    case Form::kWord:
      return add_words(conversion, rule.ours, {theirs.value}, theirs);
    case Form::kSwitch:
      return add_switch(conversion, rule, theirs);
    case Form::kLog:
      return add_log(conversion, rule, theirs);
    case Form::kLevel:
      return add_level(conversion, rule, theirs);
    case Form::kPath:
      return add_words(conversion, rule.ours, {absolute(theirs.value, theirs.base)}, theirs);
    case Form::kPaths:
      return add_paths(conversion, rule, theirs);
    case Form::kPathPair:
      return add_pair(conversion, rule, theirs, true);
    case Form::kPair:
      return add_pair(conversion, rule, theirs, false);
    case Form::kAddresses:
      return add_addresses(conversion, theirs);
    case Form::kMebibytes:
      return add_words(conversion, rule.ours, {theirs.value + "M"}, theirs);
  }
}

}  // namespace

void leave(Conversion& conversion, const Theirs& theirs, std::string_view why) {
  const std::string value = theirs.value.empty() ? "" : " = " + theirs.value;
  conversion.left.push_back({theirs.name + value + ": " + std::string(why), theirs.where});
}

bool has_option(const Conversion& conversion, std::string_view option) {
  return std::any_of(conversion.givens.begin(), conversion.givens.end(),
                     [&](const Given& given) { return given.option->name == option; });
}

void add_words(Conversion& conversion, std::string_view name, std::vector<std::string> words,
               const Theirs& theirs) {
  const Option& option = *find_option(name);
  Given given{&option, std::move(words), theirs.where, theirs.base, Source::kFile};
  Settings scratch;
  if (const auto stored = option.store(scratch, given); !stored)
    return leave(conversion, theirs, stored.error().detail);
  const auto present = std::find_if(conversion.givens.begin(), conversion.givens.end(),
                                    [&](const Given& each) { return each.option == given.option; });
  if (present == conversion.givens.end()) {
    conversion.givens.push_back(std::move(given));
  } else if (option.shape == Shape::kMany || option.shape == Shape::kPairs) {
    present->words.insert(present->words.end(), given.words.begin(), given.words.end());
  } else {
    *present = std::move(given);  // as everywhere, the last one counts
  }
}

void convert_setting(std::span<const Rule> rules, const Theirs& theirs, Conversion& conversion) {
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& each) {
    return equals_ignoring_case(each.theirs, theirs.name);
  });
  if (rule == rules.end())
    return leave(conversion, theirs, "unknown here; docs/options.md may have what it is for");
  apply(*rule, theirs, conversion);
}

}  // namespace warp
