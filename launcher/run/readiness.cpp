#include "launcher/run/readiness.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

constexpr auto kName = "/not-ready";

}  // namespace

void mark_not_ready(const std::string& server_root) {
  const std::string path = server_root + kName;
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
}

void unmark_not_ready(const std::string& server_root) {
  const std::string path = server_root + kName;
  ::unlink(path.c_str());
}

}  // namespace warp
