// Running other programs: to their end with the output captured, or as a child that is kept.
#pragma once

#include "base/deadline.hpp"
#include "base/unique_fd.hpp"
#include "launcher/host/host.hpp"

namespace warp {

// What a child gets as descriptors 0 to 3; -1 leaves the launcher's own (3: none).
struct ChildDescriptors {
  int input = -1;
  int output = -1;
  int error = -1;
  int answer = -1;
  // Opened by the child as the user that it becomes, for 1 and 2.
  const char* log = nullptr;
};

// Where a program finds ChildDescriptors::answer.
inline constexpr int kAnswerDescriptor = 3;

// kOwn: the program leads a group, so that the terminal's signals do not reach it. kOurs: it has
// the terminal as we have it, and goes on ignoring SIGHUP where we do.
enum class ProcessGroup { kOwn, kOurs };

// Starts the program, so that it gets `parent_death_signal` when the launcher dies. Gives its pid.
[[nodiscard]] Result<pid_t> start_process(const Command& command, ChildDescriptors descriptors,
                                          int parent_death_signal,
                                          ProcessGroup group = ProcessGroup::kOwn);

// Readable once the child has ended; empty when the kernel gives none.
[[nodiscard]] UniqueFd open_process(pid_t pid);

// False when the deadline passed before the child ended; it still has to be waited for.
[[nodiscard]] bool ends_before(pid_t pid, Deadline deadline);

// kClosed when a signal arrives meanwhile at `stop_signals`, a signalfd that is left unread; -1 for
// none.
[[nodiscard]] Result<Finished> run_to_end(const Command& command, int stop_signals = -1);

// Asks the kernel, in a process that has become the account, for each of the accesses.
[[nodiscard]] Result<std::optional<Access>> first_denied_to(const Account& account,
                                                            const std::vector<Access>& accesses);

}  // namespace warp
