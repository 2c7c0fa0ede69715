#include "base/read_descriptor.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace warp {

Result<std::string> read_whole_file(int fd, std::size_t limit) {
  std::string text;
  std::array<char, 4096> piece;
  while (true) {
    const ssize_t count = ::pread(fd, piece.data(), piece.size(), static_cast<off_t>(text.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_errno("read descriptor " + std::to_string(fd));
    if (count == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > limit)
      return fail(Errc::kTooLarge, "descriptor " + std::to_string(fd) + " holds more than " +
                                       std::to_string(limit) + " bytes");
  }
}

}  // namespace warp
