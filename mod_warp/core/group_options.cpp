#include "mod_warp/core/group_options.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "mod_warp/core/arguments.hpp"
#include "mod_warp/core/options/development_options.hpp"
#include "mod_warp/core/options/lifetime_options.hpp"
#include "mod_warp/core/options/process_options.hpp"
#include "mod_warp/core/options/queue_options.hpp"
#include "mod_warp/core/options/time_options.hpp"
#include "mod_warp/core/options/transfer_options.hpp"

namespace warp::core {
namespace {

constexpr std::size_t kLongestName = 64;

template <std::size_t... Sizes>
constexpr auto joined(const std::array<GroupOption, Sizes>&... sections) {
  std::array<GroupOption, (Sizes + ...)> table{};
  auto* end = table.begin();
  ((end = std::copy(sections.begin(), sections.end(), end)), ...);
  return table;
}

// A new option is a row in its section's header and a field of wire::GroupConfig, or of one of the
// structs that httpd's side keeps to; docs/directives.md follows.
constexpr auto kOptions = joined(kProcessOptions, kLifetimeOptions, kTimeOptions, kQueueOptions,
                                 kTransferOptions, kDevelopmentOptions);

std::string names_of_options() {
  std::vector<std::string> names;
  for (const GroupOption& option : kOptions) names.emplace_back(option.name);
  return join(names, " ");
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

std::span<const GroupOption> group_options() { return kOptions; }

Result<> set_group_option(GroupOptions& options, std::string_view word) {
  const auto option = split_option(word);
  if (!option) return not_an_option("'" + printable(word) + "' is not of the form option=value");
  const std::string_view name = option->first;
  const auto* const found = std::find_if(
      kOptions.begin(), kOptions.end(), [&](const GroupOption& each) { return each.name == name; });
  if (found == kOptions.end())
    return not_an_option("there is no option '" + printable(name) +
                         "'; there are: " + names_of_options());
  if (const auto set = found->set(options, option->second); !set)
    return not_an_option(printable(word) + " " + set.error().detail);
  return {};
}

Result<> check_group_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName ||
      !std::all_of(name.begin(), name.end(), is_name_character))
    return not_an_option("'" + printable(name) +
                         "' is not a name of at most 64 letters, digits, '.', '_' and '-'");
  return {};
}

wire::GroupConfig config_of(const GroupOptions& options) {
  wire::GroupConfig config = options.config;
  config.preload = options.preload.value_or(config.processes > 1);
  const auto eviction = options.eviction_timeout.value_or(std::chrono::seconds(0));
  config.eviction_timeout = eviction.count() > 0 ? eviction : config.graceful_timeout;
  return config;
}

}  // namespace warp::core
