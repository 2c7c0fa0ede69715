// The options, by the sections of --help. A new one is a row in its section's header and a field in
// Settings; flags, variables, the file's keys, --help and docs/options.md follow.
#include <algorithm>
#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/options/access_options.hpp"
#include "launcher/settings/options/application_options.hpp"
#include "launcher/settings/options/backend_options.hpp"
#include "launcher/settings/options/capacity_options.hpp"
#include "launcher/settings/options/development_options.hpp"
#include "launcher/settings/options/lifetime_options.hpp"
#include "launcher/settings/options/log_options.hpp"
#include "launcher/settings/options/management_options.hpp"
#include "launcher/settings/options/network_options.hpp"
#include "launcher/settings/options/proxy_options.hpp"
#include "launcher/settings/options/request_options.hpp"
#include "launcher/settings/options/server_options.hpp"
#include "launcher/settings/options/service_options.hpp"
#include "launcher/settings/options/static_options.hpp"
#include "launcher/settings/options/time_options.hpp"
#include "launcher/settings/options/tls_options.hpp"

namespace warp {
namespace {

template <std::size_t... Sizes>
constexpr auto joined(const std::array<Option, Sizes>&... sections) {
  std::array<Option, (Sizes + ...)> table{};
  auto* end = table.begin();
  ((end = std::copy(sections.begin(), sections.end(), end)), ...);
  return table;
}

constexpr auto kTable = joined(
    kApplicationOptions, kNetworkOptions, kTlsOptions, kStaticOptions, kRequestOptions,
    kAccessOptions, kProxyOptions, kBackendOptions, kCapacityOptions, kTimeOptions, kLogOptions,
    kServerOptions, kLifetimeOptions, kManagementOptions, kDevelopmentOptions, kServiceOptions);

}  // namespace

std::span<const Option> option_table() { return kTable; }

const Option* find_option(std::string_view name) {
  const auto* const found = std::find_if(kTable.begin(), kTable.end(),
                                         [&](const Option& option) { return option.name == name; });
  return found == kTable.end() ? nullptr : found;
}

}  // namespace warp
