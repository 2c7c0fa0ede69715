#include "launcher/settings/environment.hpp"

#include <algorithm>

#include "base/strings.hpp"
#include "launcher/settings/aliases.hpp"
#include "launcher/settings/own_variables.hpp"
#include "launcher/settings/suggest.hpp"
#include "launcher/settings/variable_words.hpp"

namespace warp {
namespace {

constexpr std::string_view kOwnPrefix = "WARPDRIVE_";
constexpr std::string_view kModWsgiPrefix = "MOD_WSGI_";

// WARPDRIVE_PORT=tcp://10.96.0.7:80 in each container beside a Service that is called warpdrive.
constexpr std::string_view kOfService =
    "its value is what Kubernetes sets for a Service of that name; rename the Service, or switch "
    "enableServiceLinks off";

const Option* option_of(std::string_view name) {
  for (const Option& option : option_table())
    if (variable_of(option) == name) return &option;
  return nullptr;
}

// "PROT" is "prot"; "URL_ALIAS" is "url-alias".
std::string as_option_name(std::string_view text) {
  std::string name = to_lower(text);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

// Another variable that may have been meant; empty for none.
std::string nearest_to(std::string_view name) {
  if (name.starts_with(kOwnPrefix)) {
    const std::string nearest = nearest_option(as_option_name(name.substr(kOwnPrefix.size())));
    return nearest.empty() ? "" : variable_of(*find_option(nearest));
  }
  const std::string meant = as_option_name(name.substr(kModWsgiPrefix.size()));
  if (const Option* const option = find_option(meant)) return variable_of(*option);
  std::vector<std::string_view> candidates;
  for (const Alias& alias : alias_table())
    if (alias.variable.starts_with(kModWsgiPrefix))
      candidates.push_back(alias.variable.substr(kModWsgiPrefix.size()));
  const std::string nearest = nearest_of(name.substr(kModWsgiPrefix.size()), candidates);
  return nearest.empty() ? "" : std::string(kModWsgiPrefix) + nearest;
}

std::string why_unknown(std::string_view name) {
  const std::string nearest = nearest_to(name);
  return "no option belongs to it" + (nearest.empty() ? "" : "; did you mean " + nearest + "?");
}

class Reader final {
 public:
  Reader(Host& host, Problems& problems) : host_(host), problems_(problems) {}

  // The table's first wins, so it comes last.
  void read_aliases() {
    const std::span<const Alias> aliases = alias_table();
    for (auto alias = aliases.rbegin(); alias != aliases.rend(); ++alias) {
      // Set to nothing is not set: whoever passes a variable on may not have it.
      const std::string value = variable(host_.environment(), alias->variable);
      if (!value.empty()) read_alias(*alias, value);
    }
  }

  void read_others() {
    for (const auto& [name, value] : host_.environment())
      if (name.starts_with(kOwnPrefix) || (name.starts_with(kModWsgiPrefix) && !is_alias(name)))
        read_other(name, value);
  }

  [[nodiscard]] FromEnvironment take() { return std::move(result_); }

 private:
  void read_other(const std::string& name, const std::string& value) {
    const Option* const option = option_of(name);
    if (value.starts_with("tcp://")) {
      leave_with_warning(name, std::string(kOfService));
    } else if (option == nullptr) {
      if (!is_own_variable(name)) leave_with_warning(name, why_unknown(name));
    } else {
      add(*option, name, own_words(*option, value), Source::kVariable);
    }
  }

  void read_alias(const Alias& alias, const std::string& value) {
    const std::string name(alias.variable);
    const Option* const option = find_option(alias.option);
    if (option == nullptr) return leave_with_warning(name, why_unused(alias));
    Result<Words> words = alias.read(*option, value);
    if (words && words->empty()) {
      result_.unused.push_back({name, std::string(alias.note)});
    } else {
      add(*option, name, std::move(words), Source::kForeignVariable);
    }
  }

  void add(const Option& option, const std::string& name, Result<Words> words, Source source) {
    if (words) {
      result_.givens.push_back(
          {&option, std::move(*words), name, host_.current_directory(), source});
    } else {
      problems_.push_back({words.error().code, name + ": " + words.error().detail});
    }
  }

  void leave_with_warning(const std::string& name, const std::string& why) {
    host_.warn("the environment variable " + printable(name) + " is not used: " + why);
    result_.unused.push_back({name, why});
  }

  Host& host_;
  Problems& problems_;
  FromEnvironment result_;
};

}  // namespace

FromEnvironment read_environment(Host& host, Problems& problems) {
  Reader reader(host, problems);
  reader.read_aliases();
  reader.read_others();
  return reader.take();
}

}  // namespace warp
