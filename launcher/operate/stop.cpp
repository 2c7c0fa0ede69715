#include "launcher/operate/stop.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "base/deadline.hpp"
#include "base/unique_fd.hpp"
#include "launcher/run/pid_file.hpp"

namespace warp {
namespace {

// glibc 2.36 declares these without extern "C".
UniqueFd open_process(pid_t pid) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

bool send_to(const UniqueFd& process, int signal) {
  return ::syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0) == 0;
}

Result<> terminate(const UniqueFd& process, const std::string& who) {
  if (send_to(process, SIGTERM) || errno == ESRCH) return {};
  if (errno == EPERM)
    return fail(Errc::kNoPermission,
                who + " belongs to another user; run this command as that user or as root");
  return fail_errno("send SIGTERM to " + who);
}

bool ends_in_time(const UniqueFd& process, Deadline deadline) {
  pollfd wait{process.get(), POLLIN, 0};
  int ready = -1;
  while ((ready = ::poll(&wait, 1, deadline.poll_timeout())) < 0 && errno == EINTR) continue;
  return ready > 0;
}

}  // namespace

Result<std::string> stop_server(const OperatorCommand& command, const RunningServer& server) {
  if (!command.group.empty())
    return fail(Errc::kUsage, "stop ends the whole server; leave --group out");
  if (!server.launcher)
    return fail(Errc::kNotFound, "no warpdrive-express runs on the server root " + server.root +
                                     "; an httpd that was started otherwise is stopped by its own "
                                     "means, such as apachectl");
  const pid_t pid = *server.launcher;
  const std::string who = "the launcher of " + server.root + ", process " + std::to_string(pid);
  const UniqueFd process = open_process(pid);
  // Once more, now that the descriptor holds the process: its number can't be another's any more.
  WARP_TRY(const std::optional<pid_t> owner, find_launcher(server.root));
  if (process && owner == server.launcher) {
    WARP_CHECK(terminate(process, who));
    if (!ends_in_time(process, Deadline::in(command.time_limit)))
      return fail(Errc::kTimeout,
                  who + ", has been told to stop and has not ended after " +
                      std::to_string(command.time_limit.count()) +
                      " s; it still waits for requests, or needs a second `stop` to hurry");
  }
  const std::string number = std::to_string(pid);
  if (command.is_json) return "{\"stopped\":true,\"launcher\":" + number + "}\n";
  return "Stopped the server on " + server.root + " (launcher " + number + ")\n";
}

}  // namespace warp
