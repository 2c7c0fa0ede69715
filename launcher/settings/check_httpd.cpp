#include "launcher/settings/check_httpd.hpp"

#include "launcher/settings/checks.hpp"

namespace warp {

void check_httpd_settings(Settings& settings, Problems& problems) {
  check_names(settings, problems);
  check_tls(settings, problems);
  check_static_files(settings, problems);
  check_requests(settings, problems);
  check_logs(settings, problems);
  check_others(settings, problems);
  check_services(settings, problems);
}

}  // namespace warp
