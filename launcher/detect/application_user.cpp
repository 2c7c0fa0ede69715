#include "launcher/detect/application_user.hpp"

#include <unistd.h>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

tl::unexpected<Error> no_such(std::string_view option, const std::string& name) {
  return fail(Errc::kInvalidSetting, std::string(option) + ": this machine has no " +
                                         std::string(option.substr(2)) + " '" + printable(name) +
                                         "'");
}

// Root's projects have no owner who could run them.
std::optional<Account> find_owner(const std::string& directory, const Host& host) {
  const auto uid = owner_of(directory);
  return uid && *uid != 0 ? host.find_user(*uid) : std::nullopt;
}

Result<Account> choose_for_root(const Settings& settings, Host& host) {
  if (!settings.user.empty()) {
    if (auto account = host.find_user(settings.user)) return *account;
    return no_such("--user", settings.user);
  }
  if (auto owner = find_owner(settings.project_directory, host)) return *owner;
  if (auto web = host.find_user(kWebUser)) return *web;
  return fail(Errc::kInvalidSetting,
              "the application does not run as root by itself, and there is no user www-data; "
              "name one with --user");
}

Result<Account> with_group(Account account, const std::string& name, const Host& host) {
  if (name.empty()) return account;
  const auto gid = host.find_group(name);
  if (!gid) return no_such("--group", name);
  account.gid = *gid;
  account.group = name;
  return account;
}

std::optional<gid_t> numbered(std::string_view text) {
  const auto number = text.starts_with('#') ? parse_unsigned(text.substr(1)) : std::nullopt;
  constexpr std::uint64_t kNoGroup = 0xffffffff;
  return number && *number < kNoGroup ? std::optional(static_cast<gid_t>(*number)) : std::nullopt;
}

Result<Account> with_supplementary_groups(Account account, const std::string& names,
                                          const Host& host) {
  if (names.empty()) return account;
  account.groups.clear();
  for (const std::string_view name : split(names, ',')) {
    const auto gid = name.starts_with('#') ? numbered(name) : host.find_group(name);
    if (!gid)
      return fail(Errc::kInvalidSetting, "--supplementary-groups " + printable(names) +
                                             ": this machine has no group '" + printable(name) +
                                             "'");
    account.groups.push_back(*gid);
  }
  return account;
}

Result<Account> keep_current(const Settings& settings, const Account& current) {
  if (!settings.user.empty() && settings.user != current.name)
    return fail(Errc::kNoPermission, "--user " + printable(settings.user) +
                                         ": only root can start "
                                         "an application as another user, and this is " +
                                         current.name + "; leave --user out or start as root");
  if (!settings.group.empty() && settings.group != current.group)
    return fail(Errc::kNoPermission, "--group " + printable(settings.group) +
                                         ": only root can choose the group, and this is " +
                                         current.name + " of group " + current.group +
                                         "; leave --group out or start as root");
  if (!settings.supplementary_groups.empty())
    return fail(Errc::kNoPermission,
                "--supplementary-groups: only root can choose groups, and "
                "this is " +
                    current.name + "; leave it out or start as root");
  return current;
}

const char* verb_for(const Access& denied) {
  if (!is_directory(denied.path)) return denied.mode == X_OK ? "execute" : "read";
  return denied.mode == X_OK ? "enter" : "read";
}

}  // namespace

Result<Account> find_application_user(const Settings& settings, Host& host) {
  const Account current = host.current_user();
  if (current.uid != 0) return keep_current(settings, current);
  WARP_TRY(Account account, choose_for_root(settings, host));
  if (account.uid == 0 && settings.user != "root")
    return fail(Errc::kInvalidSetting, "--user " + printable(settings.user) +
                                           " is root by another name; write --user root if that "
                                           "is what you want");
  WARP_TRY(account, with_group(std::move(account), settings.group, host));
  return with_supplementary_groups(std::move(account), settings.supplementary_groups, host);
}

void add_way_to(std::vector<Access>& accesses, const std::string& path, int mode) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1))
    accesses.push_back({path.substr(0, slash), X_OK});
  accesses.push_back({path, mode});
}

Result<> check_accesses(Host& host, const Account& account, const std::vector<Access>& accesses) {
  WARP_TRY(const std::optional<Access> denied, host.first_denied(account, accesses));
  if (!denied) return {};
  const std::string path = printable(denied->path);
  return fail(Errc::kNoPermission,
              "user " + account.name + ", who would run the application, may not " +
                  verb_for(*denied) + " " + path + "; open it with: chmod " +
                  (is_directory(denied->path) ? "a+rx "
                   : denied->mode == X_OK     ? "a+rx "
                                              : "a+r ") +
                  path + ", move the project, or name another user with --user");
}

}  // namespace warp
