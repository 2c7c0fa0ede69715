#include "launcher/manifests/check_pod.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/strings.hpp"

namespace warp {
namespace {

bool means_all(std::string_view host) {
  constexpr std::array<std::string_view, 5> kAll = {"", "*", "0.0.0.0", "::", "[::]"};
  return std::find(kAll.begin(), kAll.end(), host) != kAll.end();
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

tl::unexpected<Error> refuse(const Settings& settings, std::string_view option,
                             const std::string& why) {
  return fail(Errc::kInvalidSetting, origin_of(settings, option) + ": " + why);
}

}  // namespace

Result<> check_pod(const Settings& settings, ServedBy served_by) {
  // It also makes the host a loopback one.
  if (settings.debug_mode && served_by == ServedBy::kHttpd)
    return refuse(settings, "debug-mode",
                  "a pod has no terminal for the debugger; keep debug-mode for the command line of "
                  "your own machine");
  if (is_loopback(settings.host))
    return refuse(settings, "host",
                  "nobody outside a pod reaches " + printable(settings.host) +
                      " in it; leave host out, so that the server listens on all addresses");
  if (served_by != ServedBy::kHttpd) return {};
  // The manifest's variable beats files, and a command line beats the variable.
  const bool is_argument = origin_of(settings, "management-host").starts_with("--");
  if (is_argument && !means_all(settings.management_host))
    return refuse(settings, "management-host",
                  "the cluster's probes do not reach " + printable(settings.management_host) +
                      "; leave it out of .warpdrive/server_args, or make it *");
  return {};
}

}  // namespace warp
