// The parts of check_httpd_settings(), and what they share.
#pragma once

#include "launcher/settings/problems.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

void check_names(const Settings& settings, Problems& problems);
// Fills in the files that ssl-certificate is short for.
void check_tls(Settings& settings, Problems& problems);
void check_static_files(const Settings& settings, Problems& problems);
void check_requests(const Settings& settings, Problems& problems);
void check_logs(const Settings& settings, Problems& problems);
// Proxies and access.
void check_others(const Settings& settings, Problems& problems);

void check_services(const Settings& settings, Problems& problems);

// A line for the problems.
inline void refuse(Problems& problems, std::string why) {
  problems.push_back({Errc::kInvalidSetting, std::move(why)});
}

// "/", "/media/x": a path of this server, without characters that httpd.conf can't carry.
[[nodiscard]] bool is_url_path(std::string_view text);

}  // namespace warp
