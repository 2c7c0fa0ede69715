// A systemd unit that starts a server as a command line says.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "launcher/host/host.hpp"
#include "launcher/plan/plan.hpp"
#include "launcher/settings/option.hpp"

namespace warp {

struct ServiceRequest {
  const Settings& settings;
  const std::vector<Given>& given;  // the command line, which the unit repeats
  const Installation& installation;
  const Account& user;
  const std::string& current_directory;  // relative paths of the command line start there
};
[[nodiscard]] Result<std::string> render_service_unit(const ServiceRequest& request);

}  // namespace warp
