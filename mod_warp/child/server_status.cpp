#include "mod_warp/child/server_status.hpp"

#include "mod_warp/child/managed_groups.hpp"
#include "mod_warp/management/server_status.hpp"

namespace warp {
namespace {

management::ServerStatusForm form_of(int flags) {
  if ((flags & AP_STATUS_SHORT) != 0) return management::ServerStatusForm::kLines;
  if ((flags & AP_STATUS_NOTABLE) != 0) return management::ServerStatusForm::kNoTables;
  return management::ServerStatusForm::kTables;
}

}  // namespace

void add_to_server_status(request_rec* request, int flags) {
  std::vector<management::GroupFigures> figures;
  const auto now = std::chrono::steady_clock::now();
  for (const auto& group : managed_groups(*config_of(request->server).installation))
    figures.push_back(management::look_at(group, now));
  const std::string part = management::server_status_part(figures, form_of(flags));
  ap_rwrite(part.data(), static_cast<int>(part.size()), request);
}

}  // namespace warp
