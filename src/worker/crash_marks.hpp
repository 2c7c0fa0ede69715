// A crash leaves on the scoreboard which thread it was, for whoever reads it afterwards.
#pragma once

#include <cstddef>
#include <memory>

#include "base/result.hpp"
#include "scoreboard/scoreboard.hpp"

namespace warp::worker {

// From now on a signal of a crash (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT) marks the thread that
// it hits, if that has a CrashMark, and then has the effect that it had before. Python's
// faulthandler, enabled later, goes first. Once per process; not for processes that the application
// forks.
[[nodiscard]] Result<> mark_crashes();
// In a process that was forked from one that did, and goes on in its place.
void keep_crash_marks();

// One per thread, on it: the record to be marked, and a stack for the signal's handlers, as the
// thread's own may be what has overflowed.
class CrashMark final {
 public:
  CrashMark(const scoreboard::Scoreboard& board, std::uint32_t slot, std::uint32_t thread);
  ~CrashMark();
  CrashMark(const CrashMark&) = delete;
  CrashMark& operator=(const CrashMark&) = delete;

 private:
  std::unique_ptr<std::byte[]> stack_;  // null: the thread had one already
};

}  // namespace warp::worker
