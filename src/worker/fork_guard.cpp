#include "worker/fork_guard.hpp"

#include <pthread.h>

namespace warp::worker {
namespace {

// pthread_atfork's functions have no other way to it.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
Listener* guarded = nullptr;

}  // namespace

void guard_forks(Listener& listener) {
  guarded = &listener;
  ::pthread_atfork([] { guarded->before_fork(); }, [] { guarded->after_fork(); },
                   [] { guarded->after_fork_in_child(); });
}

}  // namespace warp::worker
