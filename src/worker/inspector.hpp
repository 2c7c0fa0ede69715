// A look into the running interpreter from outside the application's threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace warp::worker {

// What a thread is executing.
struct ThreadStack {
  std::uint64_t thread = 0;  // its pthread_self()
  std::string name;          // the application's; may be empty
  std::string text;          // lines that end with a newline, most recent call last
};

// For one thread at a time. What needs the interpreter's lock waits for it without end: the caller
// has a thread for that (errands.hpp).
class Inspector {
 public:
  virtual ~Inspector() = default;

  // Before Application::load: where the stacks of a crash are to be written.
  virtual void report_crashes_to(int descriptor) = 0;

  // --- with the interpreter's lock ---
  virtual void wait_for_lock() = 0;
  [[nodiscard]] virtual std::vector<ThreadStack> stacks() = 0;
  // Raises an exception in the thread that serves the request. False when none does any more.
  virtual bool interrupt(std::uint64_t request_number) = 0;

  // --- without ---
  // For when the lock can't be had: whoever has it stands still. Threads that run on may show
  // anything.
  [[nodiscard]] virtual std::vector<ThreadStack> stacks_without_lock() = 0;
};

}  // namespace warp::worker
