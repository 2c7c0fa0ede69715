#include "worker/fork_guard.hpp"

#include <pthread.h>

#include <atomic>

namespace warp::worker {
namespace {

// pthread_atfork's functions have no other way to them.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
Listener* guarded = nullptr;
std::atomic<bool> is_forked{false};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void enter_forked_process() {
  is_forked = true;
  guarded->after_fork_in_child();
}

}  // namespace

void guard_forks(Listener& listener) {
  guarded = &listener;
  ::pthread_atfork([] { guarded->before_fork(); }, [] { guarded->after_fork(); },
                   enter_forked_process);
}

bool is_forked_process() { return is_forked.load(std::memory_order_relaxed); }

}  // namespace warp::worker
