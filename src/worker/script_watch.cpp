#include "worker/script_watch.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

#include "base/log.hpp"

namespace warp::worker {

ScriptWatch::ScriptWatch(std::string path, UniqueFd event)
    : path_(std::move(path)), known_(stamp_of(path_)), event_(std::move(event)) {}

Result<std::unique_ptr<ScriptWatch>> ScriptWatch::create(std::string path) {
  UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return fail_errno("eventfd");
  return std::unique_ptr<ScriptWatch>(new ScriptWatch(std::move(path), std::move(event)));
}

void ScriptWatch::look() {
  const FileStamp now = stamp_of(path_);
  if (!now.is_of_a_file()) return;
  {
    const std::lock_guard lock(mutex_);
    if (now == known_) return;
    known_ = now;
  }
  log_info("script has changed", {{"path", path_}});
  const std::uint64_t one = 1;
  // Can fail only when it is readable already.
  [[maybe_unused]] const ssize_t written = ::write(event_.get(), &one, sizeof one);
}

bool ScriptWatch::take_event() {
  std::uint64_t count = 0;
  return ::read(event_.get(), &count, sizeof count) == ssize_t{sizeof count};
}

}  // namespace warp::worker
