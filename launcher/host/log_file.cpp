#include "launcher/host/log_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr int kLookFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

// In a folder with the sticky bit others add names, but do not replace root's.
bool is_roots(int folder, bool may_be_sticky) {
  struct stat facts {};
  if (::fstat(folder, &facts) != 0 || facts.st_uid != 0) return false;
  const bool is_shared = (facts.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  return !is_shared || (may_be_sticky && (facts.st_mode & S_ISVTX) != 0);
}

UniqueFd open_folder_of_root(std::string_view path) {
  UniqueFd folder(::open("/", kLookFlags));
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." || !folder || !is_roots(folder.get(), true)) return UniqueFd();
    folder = UniqueFd(::openat(folder.get(), std::string(part).c_str(), kLookFlags));
  }
  if (!folder || !is_roots(folder.get(), false)) return UniqueFd();
  return folder;
}

// -1 with errno.
int refused(int fd, int error) noexcept {
  ::close(fd);
  errno = error;
  return -1;
}

}  // namespace

int open_log_file(int folder, const char* name) noexcept {
  const int fd = ::openat(
      folder, name, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
      0644);
  if (fd < 0) return -1;
  struct stat facts {};
  if (::fstat(fd, &facts) != 0) return refused(fd, errno);
  if (!S_ISREG(facts.st_mode) && !S_ISCHR(facts.st_mode)) return refused(fd, EINVAL);
  // A write to a slow device waits, as programs expect.
  if (::fcntl(fd, F_SETFL, O_APPEND) != 0) return refused(fd, errno);
  return fd;
}

Result<UniqueFd> open_log_in_folder_of_root(const std::string& path, uid_t owner, gid_t group) {
  const std::size_t end = path.rfind('/');
  if (!path.starts_with('/') || end + 1 == path.size()) return UniqueFd();
  const UniqueFd folder = open_folder_of_root(std::string_view(path).substr(0, end));
  if (!folder) return UniqueFd();
  const std::string name = path.substr(end + 1);
  struct stat facts {};
  const bool is_new =
      ::fstatat(folder.get(), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
  UniqueFd log(open_log_file(folder.get(), name.c_str()));
  if (!log) return fail_errno("open " + path);
  if (is_new && ::fchown(log.get(), owner, group) != 0) return fail_errno("chown " + path);
  return log;
}

}  // namespace warp
