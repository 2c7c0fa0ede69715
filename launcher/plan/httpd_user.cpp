#include "launcher/plan/httpd_user.hpp"

#include <unistd.h>

#include <filesystem>

#include "launcher/detect/application_user.hpp"

namespace warp {
namespace {

// What does not exist yet is made readable by us.
std::vector<Access> ways_to(const std::vector<StaticFiles>& files) {
  std::vector<Access> accesses;
  for (const StaticFiles& entry : files) {
    std::error_code error;
    if (!std::filesystem::exists(entry.path, error)) continue;
    std::string path = entry.path;
    if (path.ends_with("/") && path.size() > 1) path.pop_back();
    add_way_to(accesses, path, entry.is_directory ? R_OK | X_OK : R_OK);
  }
  return accesses;
}

}  // namespace

Result<std::optional<Account>> choose_httpd_user(const Project& project,
                                                 const std::vector<StaticFiles>& files,
                                                 Host& host) {
  if (host.current_user().uid != 0) return std::nullopt;
  const std::vector<Access> accesses = ways_to(files);
  const std::optional<Account> web = host.find_user(kWebUser);
  if (web) {
    WARP_TRY(const auto denied, host.first_denied(*web, accesses));
    if (!denied) return web;
  }
  // httpd itself refuses to serve as root.
  if (project.user.uid == 0) {
    if (!web)
      return fail(Errc::kInvalidSetting,
                  "httpd does not serve as root and there is no user www-data; create it, or name "
                  "another --user");
    WARP_CHECK(check_accesses(host, *web, accesses));
  }
  WARP_CHECK(check_accesses(host, project.user, accesses));
  return project.user;
}

}  // namespace warp
