#include "launcher/host/become.hpp"

#include <grp.h>
#include <unistd.h>

namespace warp {

bool become(const Account& account) noexcept {
  return ::setgroups(account.groups.size(), account.groups.data()) == 0 &&
         ::setresgid(account.gid, account.gid, account.gid) == 0 &&
         ::setresuid(account.uid, account.uid, account.uid) == 0;
}

void name_account(Environment& environment, const Account& account) {
  environment["HOME"] = account.home;
  environment["USER"] = account.name;
  environment["LOGNAME"] = account.name;
}

}  // namespace warp
