#include "worker/fork_guard.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>

#include "base/unique_fd.hpp"

namespace warp::worker {
namespace {

// pthread_atfork's functions have no other way to them.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
Listener* guarded = nullptr;
PrivateDescriptors own;
std::atomic<bool> is_forked{false};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void enter_forked_process() {
  is_forked = true;
  guarded->after_fork_in_child();
  // Not closed but replaced, as the listener's are.
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  if (own.status >= 0) ::dup3(null.get(), own.status, O_CLOEXEC);
  if (own.crash > STDERR_FILENO) ::dup3(STDERR_FILENO, own.crash, O_CLOEXEC);
}

}  // namespace

void guard_forks(Listener& listener, const PrivateDescriptors& descriptors) {
  guarded = &listener;
  own = descriptors;
  ::pthread_atfork([] { guarded->before_fork(); }, [] { guarded->after_fork(); },
                   enter_forked_process);
}

bool is_forked_process() { return is_forked.load(std::memory_order_relaxed); }

}  // namespace warp::worker
