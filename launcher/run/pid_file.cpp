#include "launcher/run/pid_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace warp {
namespace {

constexpr auto kName = "/launcher.pid";

// Not flock: only of this kind of lock the kernel tells the owner.
struct flock whole_file() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

}  // namespace

Result<PidFile> PidFile::write(const std::string& server_root) {
  std::string path = server_root + kName;
  // A stale one may be another user's.
  ::unlink(path.c_str());
  UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file) return fail_errno("create " + path);
  struct flock lock = whole_file();
  if (::fcntl(file.get(), F_SETLK, &lock) != 0) return fail_errno("lock " + path);
  const std::string text = std::to_string(::getpid()) + "\n";
  if (::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    return fail_errno("write " + path);
  return PidFile(std::move(path), std::move(file));
}

PidFile::~PidFile() {
  if (file_) ::unlink(path_.c_str());
}

Result<std::optional<pid_t>> find_launcher(const std::string& server_root) {
  const std::string path = server_root + kName;
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::optional<pid_t>();
  if (!file) return fail_errno("open " + path);
  struct flock lock = whole_file();
  if (::fcntl(file.get(), F_GETLK, &lock) != 0) return fail_errno("ask for the lock of " + path);
  if (lock.l_type == F_UNLCK) return std::optional<pid_t>();
  // 0: it runs where this process can't see it.
  if (lock.l_pid <= 0)
    return fail(Errc::kNotFound, "the launcher of " + server_root +
                                     " runs in another container; run this command there");
  return std::optional(lock.l_pid);
}

}  // namespace warp
