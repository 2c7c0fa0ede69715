// Signals as the programs use them: blocked everywhere, read by one owner from a descriptor.
#pragma once

#include <csignal>
#include <initializer_list>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

// Blocks the signals for this thread and all that it starts later, and gives a signalfd that reads
// them.
[[nodiscard]] Result<UniqueFd> take_signals(std::initializer_list<int> signals);
[[nodiscard]] bool is_ignored(int signal) noexcept;
// For a child between fork and exec: default actions and an empty mask. Async-signal-safe.
void reset_signals() noexcept;
// "SIGTERM"; "signal 99" for one without a name.
[[nodiscard]] std::string signal_name(int signal);

// Asks the kernel to send `signal` when the parent process ends, and sends it at once when the
// parent is not `expected_parent` any more. A change of user clears the request, so it comes after
// that. Async-signal-safe.
void end_with_parent(int signal, int expected_parent) noexcept;

}  // namespace warp
