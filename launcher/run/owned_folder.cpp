#include "launcher/run/owned_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace warp {

Result<> make_owned_folder(const std::string& path, const Account& owner) {
  if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return fail_errno("mkdir " + path);
  if (::geteuid() == 0 && ::lchown(path.c_str(), owner.uid, owner.gid) != 0)
    return fail_errno("chown " + path);
  if (::geteuid() != 0 && ::chmod(path.c_str(), 0755) != 0) return fail_errno("chmod " + path);
  return {};
}

}  // namespace warp
