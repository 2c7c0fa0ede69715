#include "launcher/plan/management.hpp"

#include "launcher/plan/listen.hpp"

namespace warp {
namespace {

std::string with_own_names(std::string text) {
  for (const std::string_view name : {"--host", "--port"})
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos;) {
      text.replace(at, 2, "--management-");
      at += name.size();
    }
  return text;
}

// The images name a port, and what another container has cannot be seen.
std::string ways_out(const Error& error) {
  return error.code == Errc::kAddressInUse ? " (WARPDRIVE_MANAGEMENT_PORT), or 0 for no such "
                                             "pages; the containers of a pod share "
                                             "their ports"
                                           : "";
}

}  // namespace

Result<std::vector<std::string>> plan_management(const Settings& settings) {
  if (settings.management_port == 0) return std::vector<std::string>();
  const bool is_https = settings.management_port == settings.https_port;
  if (is_https || settings.management_port == settings.port)
    return fail(Errc::kInvalidSetting,
                "--management-port " + std::to_string(settings.management_port) + " is " +
                    (is_https ? "--https-port" : "--port") + ", where clients are; choose another");
  auto plan = plan_listen(settings.management_host, settings.management_port);
  if (!plan)
    return fail(plan.error().code, with_own_names(plan.error().detail) + ways_out(plan.error()));
  return plan->listen;
}

std::vector<std::string> virtual_hosts_of(const std::vector<std::string>& listen) {
  std::vector<std::string> hosts;
  for (const std::string& argument : listen)
    hosts.push_back(argument.find(':') == std::string::npos ? "*:" + argument : argument);
  return hosts;
}

}  // namespace warp
