// What ThreadSanitizer can't know: a channel is armed by epoll_ctl(MOD) in one thread before
// epoll_wait gives it to another, which may close it. The kernel orders the two; the sanitizer
// takes only epoll_ctl(ADD) as such an order.
extern "C" [[gnu::visibility("default")]] const char* __tsan_default_suppressions();

extern "C" const char* __tsan_default_suppressions() {
  return "race:warp::worker::Listener::wait_again\n";
}

// Long enough for the suppression to find the function in a thread that has done much since.
extern "C" [[gnu::visibility("default")]] const char* __tsan_default_options();

extern "C" const char* __tsan_default_options() { return "history_size=7"; }
