// Programs that have the terminal: a step of a build, a hook, a server that takes this process's
// place. A Ctrl-C reaches them and us alike.
#pragma once

#include "launcher/host/host.hpp"

namespace warp {

// Each gives kClosed when an order to stop has come: before, so that nothing is started, or
// meanwhile. The program is given it too, unless the terminal has done that, and its end is waited
// for.

// Waits for the end, however long it takes; the exit status as a shell says it.
[[nodiscard]] Result<int> run_in_foreground(const Command& command, StopSignals& stops);

// The same, with what it writes to standard output as the answer's output; standard error stays the
// terminal's. kTooLarge beyond 64 KiB. Past the command's time limit it is killed.
[[nodiscard]] Result<Finished> run_for_output(const Command& command, StopSignals& stops);

// The program takes this process's place; an Error is what it comes back with.
[[nodiscard]] Error replace_process(const Command& command, const StopSignals& stops);

}  // namespace warp
