// The orders to stop that come to this process as signals. They are blocked and read from here, so
// that none is lost, also in the first process of a container, and every function returns to what
// tidies up.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

struct StopSignal {
  int number = 0;
  // The kernel has sent it to all that the terminal has in the foreground: a Ctrl-C.
  bool is_from_terminal = false;
};

class StopSignals final {
 public:
  // None ever come.
  StopSignals() = default;
  // `descriptor` is a signalfd that does not block.
  explicit StopSignals(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {}
  // From now on SIGINT, SIGTERM, SIGQUIT and SIGHUP, but those that are ignored, as by nohup.
  [[nodiscard]] static Result<StopSignals> take_over();

  // Readable when one waits; -1 when none can come.
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }
  // One that waits, or one that has been read before.
  [[nodiscard]] bool has_come() const;
  // kClosed when one has come.
  [[nodiscard]] Result<> check() const;
  // Reads the next one.
  std::optional<StopSignal> read();
  // The number of the one that came first, for the exit status.
  [[nodiscard]] std::optional<int> first();

 private:
  UniqueFd descriptor_;
  std::optional<int> first_{};
};

// Before another program takes this process's place, which may not know of blocked signals.
void unblock_signals() noexcept;

}  // namespace warp
