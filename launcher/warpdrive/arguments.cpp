#include "launcher/warpdrive/arguments.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/settings/suggest.hpp"

namespace warp {
namespace {

const CommandOption* find(const WarpdriveCommand& command, std::string_view name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(),
                                  [&](const CommandOption& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

tl::unexpected<Error> refuse(const WarpdriveCommand& command, Errc code, const std::string& why) {
  const std::string name(command.name);
  return fail(code, name + ": " + why + "; see warpdrive " + name + " --help");
}

tl::unexpected<Error> unknown(const WarpdriveCommand& command, std::string_view name) {
  constexpr std::size_t kNear = 2;
  for (const CommandOption& option : command.options)
    if (edit_distance(name, option.name) <= kNear)
      return refuse(
          command, Errc::kUnknownSetting,
          "unknown option --" + printable(name) + ", did you mean --" + std::string(option.name));
  return refuse(command, Errc::kUnknownSetting, "unknown option --" + printable(name));
}

class Reader final {
 public:
  Reader(const WarpdriveCommand& command, std::span<const std::string> words)
      : command_(command), words_(words) {}

  Result<Arguments> read() {
    while (place_ < words_.size() && !is_rest_) WARP_CHECK(read_word());
    arguments_.rest.assign(words_.begin() + static_cast<std::ptrdiff_t>(place_), words_.end());
    if (arguments_.has("help")) return std::move(arguments_);
    const std::size_t count = arguments_.words.size();
    if (count < command_.fewest_words)
      return refuse(command_, Errc::kUsage, "needs " + std::string(command_.arguments));
    if (count > command_.most_words)
      return refuse(command_, Errc::kUsage,
                    "'" + printable(arguments_.words.back()) + "' is one argument too many");
    return std::move(arguments_);
  }

 private:
  Result<> read_word() {
    const std::string_view word = words_[place_];
    if (word == "--") return end_of_ours(1);
    if (word == "-h" || word == "--help") {
      arguments_.options["help"] = "yes";
      ++place_;
      return {};
    }
    if (word.size() > 2 && word.starts_with("--")) return read_option(word);
    if (command_.passes_rest && arguments_.words.size() == command_.most_words)
      return end_of_ours(0);
    arguments_.words.emplace_back(word);
    ++place_;
    return {};
  }

  // What follows belongs to another program, or is words even where it looks like options.
  Result<> end_of_ours(std::size_t skipped) {
    place_ += skipped;
    is_rest_ = command_.passes_rest;
    while (!is_rest_ && place_ < words_.size()) arguments_.words.push_back(words_[place_++]);
    return {};
  }

  Result<> read_option(std::string_view word) {
    const std::string_view name = word.substr(2, word.find('=') - 2);
    const CommandOption* const option = find(command_, name);
    if (option == nullptr && command_.passes_rest) return end_of_ours(0);
    if (option == nullptr) return unknown(command_, name);
    ++place_;
    const auto equals = word.find('=');
    std::string value = "yes";
    if (option->value_name.empty() && equals != std::string_view::npos)
      return refuse(command_, Errc::kUsage, "--" + std::string(name) + " takes no value");
    if (!option->value_name.empty()) {
      if (equals == std::string_view::npos && place_ == words_.size())
        return refuse(command_, Errc::kUsage,
                      "--" + std::string(name) + " needs " + std::string(option->value_name));
      value = equals != std::string_view::npos ? std::string(word.substr(equals + 1))
                                               : words_[place_++];
    }
    arguments_.options[std::string(name)] = std::move(value);
    return {};
  }

  const WarpdriveCommand& command_;
  std::span<const std::string> words_;
  std::size_t place_ = 0;
  bool is_rest_ = false;
  Arguments arguments_;
};

}  // namespace

Result<Arguments> read_arguments(const WarpdriveCommand& command,
                                 std::span<const std::string> words) {
  return Reader(command, words).read();
}

}  // namespace warp
