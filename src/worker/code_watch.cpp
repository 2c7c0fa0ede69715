#include "worker/code_watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string_view>
#include <utility>

#include "base/log.hpp"

namespace warp::worker {
namespace {

using namespace std::chrono_literals;

// How often modules that were imported later are looked for.
constexpr auto kModulesInterval = 1s;
// Who saves several files at once, or one in several steps, is done when nothing has come for the
// first time; at the latest after the second.
constexpr auto kSettling = 200ms;
constexpr auto kLongestSettling = 1s;
// Of a write in place, of another file that was put there, and of a touch.
constexpr std::uint32_t kChanges = IN_CLOSE_WRITE | IN_MOVED_TO | IN_ATTRIB;

void tell(const UniqueFd& event) {
  const std::uint64_t one = 1;
  // Can fail only when it is readable already.
  [[maybe_unused]] const ssize_t written = ::write(event.get(), &one, sizeof one);
}

bool take(const UniqueFd& event) {
  std::uint64_t count = 0;
  return ::read(event.get(), &count, sizeof count) == ssize_t{sizeof count};
}

Result<UniqueFd> make_event() {
  UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return fail_errno("eventfd");
  return event;
}

}  // namespace

CodeWatch::CodeWatch(Application& application, LoadedCode code)
    : application_(application), code_(std::move(code)) {}

Result<std::unique_ptr<CodeWatch>> CodeWatch::create(Application& application, LoadedCode code,
                                                     Mode mode) {
  std::unique_ptr<CodeWatch> watch(new CodeWatch(application, std::move(code)));
  WARP_TRY(watch->event_, make_event());
  WARP_TRY(watch->wake_, make_event());
  if (mode == Mode::kWhenAsked) return watch;
  watch->changes_ = UniqueFd(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!watch->changes_)
    return fail_errno("watch the application's files (inotify; fs.inotify.max_user_instances)");
  watch->watch_folders();
  watch->modules_due_ = Deadline::in(kModulesInterval);
  watch->start();
  return watch;
}

CodeWatch::~CodeWatch() {
  thread_.request_stop();
  tell(wake_);
}

void CodeWatch::look() {
  // Most workers are never asked.
  if (!thread_.joinable()) start();
  tell(wake_);
}

bool CodeWatch::take_event() { return take(event_); }

void CodeWatch::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    try {
      run(stop);
    } catch (const std::exception& error) {
      log_error("changes of the code are not looked for any more", {{"reason", error.what()}});
    }
  });
}

void CodeWatch::run(const std::stop_token& stop) {
  bool is_asked = false;
  while (wait(is_asked) && !stop.stop_requested()) {
    if (is_asked || modules_due_.has_passed()) look_for_modules();
    if (is_asked || compare_due_.has_passed()) compare();
  }
}

bool CodeWatch::wait(bool& is_asked) {
  std::array<pollfd, 2> events{{{wake_.get(), POLLIN, 0}, {changes_.get(), POLLIN, 0}}};
  const int timeout = std::min(modules_due_, compare_due_).poll_timeout();
  is_asked = false;
  if (::poll(events.data(), events.size(), timeout) < 0) return errno == EINTR;
  for (const pollfd& event : events) {
    if ((event.revents & POLLNVAL) == 0) continue;
    log_error("changes of the code are not looked for any more",
              {{"reason", "the application has closed a descriptor that is not its own"}});
    return false;
  }
  is_asked = (events[0].revents & POLLIN) != 0 && take(wake_);
  if ((events[1].revents & POLLIN) != 0) read_changes();
  return true;
}

void CodeWatch::look_for_modules() {
  const bool may_have_changed = code_.add(application_.imported_files());
  if (!changes_) return;
  if (may_have_changed) settle();
  watch_folders();
  modules_due_ = Deadline::in(kModulesInterval);
}

// Those that are not watched yet, or no more, since they had been removed.
void CodeWatch::watch_folders() {
  for (const std::string& folder : code_.folders()) {
    const bool is_watched = std::any_of(folders_.begin(), folders_.end(), [&](const auto& watched) {
      return watched.second == folder;
    });
    if (is_watched) continue;
    const int number = ::inotify_add_watch(changes_.get(), folder.c_str(), kChanges | IN_ONLYDIR);
    if (number >= 0) {
      folders_.insert_or_assign(number, folder);
      // What has happened until now was not told.
      settle();
    } else if (errno != ENOENT && !std::exchange(has_warned_, true)) {
      log_warn("changes of some code are not seen: a folder can't be watched",
               {{"path", folder},
                {"reason", std::strerror(errno)},
                {"remedy", "raise fs.inotify.max_user_watches if it is that"}});
    }
  }
}

void CodeWatch::read_changes() {
  constexpr std::size_t kBuffer = 8192;
  alignas(inotify_event) std::array<char, kBuffer> buffer;
  for (ssize_t size = 0; (size = ::read(changes_.get(), buffer.data(), buffer.size())) > 0;) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event change{};
      std::memcpy(&change, buffer.data() + at, sizeof change);
      const char* const name = buffer.data() + at + sizeof change;
      at += sizeof change + change.len;
      const auto folder = folders_.find(change.wd);
      const bool is_ours = change.len > 0 && folder != folders_.end() &&
                           code_.has(folder->second + "/" + std::string(name));
      if (is_ours || (change.mask & IN_Q_OVERFLOW) != 0) settle();
      if ((change.mask & IN_IGNORED) != 0 && folder != folders_.end()) folders_.erase(folder);
    }
  }
}

void CodeWatch::settle() {
  if (compare_due_.is_never()) settled_by_ = Deadline::in(kLongestSettling);
  compare_due_ = std::min(Deadline::in(kSettling), settled_by_);
}

void CodeWatch::compare() {
  compare_due_ = Deadline::never();
  const auto changed = code_.take_change();
  if (!changed) return;
  log_info("code has changed", {{"path", *changed}});
  tell(event_);
}

}  // namespace warp::worker
