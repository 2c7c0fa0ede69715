#include "worker/script_watch.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

#include "base/log.hpp"

namespace warp::worker {

ScriptWatch::ScriptWatch(std::string path, std::function<void()> announce, UniqueFd event)
    : path_(std::move(path)),
      announce_(std::move(announce)),
      loaded_(stamp_of(path_)),
      event_(std::move(event)) {}

Result<std::unique_ptr<ScriptWatch>> ScriptWatch::create(std::string path,
                                                         std::function<void()> announce) {
  UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return fail_errno("eventfd");
  return std::unique_ptr<ScriptWatch>(
      new ScriptWatch(std::move(path), std::move(announce), std::move(event)));
}

bool ScriptWatch::has_changed() {
  if (has_changed_.load()) return true;
  const FileStamp now = stamp_of(path_);
  if (!now.is_of_a_file() || now == loaded_) return false;
  announce_();
  if (has_changed_.exchange(true)) return true;
  log_info("script has changed", {{"path", path_}});
  const std::uint64_t one = 1;
  // Can fail only when it is readable already.
  [[maybe_unused]] const ssize_t written = ::write(event_.get(), &one, sizeof one);
  return true;
}

}  // namespace warp::worker
