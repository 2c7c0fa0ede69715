#include "python/wsgi/sendfile.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "base/strings.hpp"

namespace warp::python::wsgi {
namespace {

// What of the path lies below the root, without a slash at its beginning; empty when nothing does.
std::string_view below(std::string_view root, std::string_view path) {
  while (root.ends_with('/')) root.remove_suffix(1);
  if (!path.starts_with(root) || path.substr(root.size(), 1) != "/") return {};
  path.remove_prefix(root.size());
  while (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

tl::unexpected<Error> refuse(Errc code, const std::string& path,
                             const std::vector<std::string>& roots, const std::string& why) {
  return fail(code, "X-Sendfile: " + printable(path) + ": " + why +
                        " (sendfile-path=" + join(roots, ":") + ")");
}

// openat2(2), which glibc has no function for and older kernels' headers do not know; its number is
// the same on all architectures that glibc and httpd are built for today.
constexpr long kOpenat2 = 437;
constexpr std::uint64_t kNoMagicLinks = 0x02;
constexpr std::uint64_t kBeneath = 0x08;
struct OpenHow {
  std::uint64_t flags;
  std::uint64_t mode;
  std::uint64_t resolve;
};

constexpr int kTries = 8;

UniqueFd open_at(int root, const std::string& path) {
  // O_NONBLOCK: a FIFO must not hold the request.
  const OpenHow how{.flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                    .mode = 0,
                    .resolve = kBeneath | kNoMagicLinks};
  long fd = -1;
  // EAGAIN: something was renamed on the way, and the kernel can't tell whether it stayed below.
  for (int i = 0; i < kTries && fd < 0 && (i == 0 || errno == EAGAIN || errno == EINTR); ++i)
    fd = ::syscall(kOpenat2, root, path.c_str(), &how, sizeof how);
  return UniqueFd(static_cast<int>(fd));
}

Error failure(int error_number) {
  if (error_number == EXDEV) return {Errc::kNoPermission, "leads out of its folder"};
  if (error_number == ENOSYS)
    return {Errc::kSystem, "this kernel has no openat2 (Linux 5.6 and later do)"};
  Error error = fail_errno("open", error_number).value();
  if (error_number == ENOENT || error_number == ENOTDIR) error.code = Errc::kNotFound;
  return error;
}

}  // namespace

Result<OpenedFile> open_beneath(const std::vector<std::string>& roots, const std::string& path) {
  Error why{Errc::kNoPermission, "lies below none of the folders allowed"};
  for (const std::string& root : roots) {
    const std::string rest(below(root, path));
    if (rest.empty()) continue;
    const UniqueFd folder(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder)
      return refuse(Errc::kSystem, path, roots, fail_errno("open " + root).value().detail);
    UniqueFd file = open_at(folder.get(), rest);
    if (!file) {
      // Of two folders one within the other, either may have it.
      why = failure(errno);
      continue;
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
      return refuse(Errc::kSystem, path, roots, fail_errno("fstat").value().detail);
    if (!S_ISREG(status.st_mode))
      return refuse(Errc::kNoPermission, path, roots, "is no regular file");
    return OpenedFile{.descriptor = std::move(file),
                      .size = static_cast<std::uint64_t>(status.st_size)};
  }
  return refuse(why.code, path, roots, why.detail);
}

}  // namespace warp::python::wsgi
