#include "launcher/host/accounts.hpp"

#include <grp.h>
#include <pwd.h>

namespace warp {
namespace {

std::vector<gid_t> groups_of(const char* name, gid_t primary) {
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  if (::getgrouplist(name, primary, groups.data(), &count) < 0) {
    groups.resize(static_cast<std::size_t>(count));
    ::getgrouplist(name, primary, groups.data(), &count);
  }
  groups.resize(static_cast<std::size_t>(count));
  return groups;
}

std::optional<Account> account(const passwd* entry) {
  if (entry == nullptr) return std::nullopt;
  Account found{.name = entry->pw_name,
                .group = {},
                .home = entry->pw_dir,
                .uid = entry->pw_uid,
                .gid = entry->pw_gid};
  found.groups = groups_of(found.name.c_str(), found.gid);
  found.group = group_name(found.gid);
  return found;
}

}  // namespace

// The launcher has one thread, so the functions with a static result will do.
std::optional<Account> account_of(std::string_view name) {
  return account(::getpwnam(std::string(name).c_str()));
}

std::optional<Account> account_of(uid_t uid) { return account(::getpwuid(uid)); }

std::optional<gid_t> group_of(std::string_view name) {
  const group* const entry = ::getgrnam(std::string(name).c_str());
  if (entry == nullptr) return std::nullopt;
  return entry->gr_gid;
}

std::string group_name(gid_t gid) {
  const group* const entry = ::getgrgid(gid);
  return entry != nullptr ? std::string(entry->gr_name) : "#" + std::to_string(gid);
}

}  // namespace warp
