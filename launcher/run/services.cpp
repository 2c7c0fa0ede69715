#include "launcher/run/services.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "base/deadline.hpp"
#include "base/strings.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/host/become.hpp"
#include "launcher/host/log_file.hpp"
#include "launcher/host/subprocess.hpp"
#include "launcher/run/stop_times.hpp"

namespace warp {
namespace {

Environment environment_for(const Service& service, const Plan& plan, const Host& host) {
  Environment environment = host.environment();
  std::vector<std::string> path = python_path_of(plan.settings, plan.project);
  if (const std::string said = variable(environment, "PYTHONPATH"); !said.empty())
    path.push_back(said);
  environment["PYTHONPATH"] = join(path, ":");
  environment.try_emplace("PYTHONUNBUFFERED", "1");
  environment.erase("NOTIFY_SOCKET");  // the server's state is not the service's to tell
  if (host.current_user().uid == 0) name_account(environment, service.user);
  return environment;
}

tl::unexpected<Error> of_service(const Service& service, Error error) {
  error.detail = "service " + service.name + ": " + error.detail;
  return tl::unexpected(std::move(error));
}

Result<UniqueFd> start_keeper(const Service& service, const Plan& plan, const Host& host) {
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  Command command{.arguments = {plan.installation.libexec_directory + "/warp-service", service.name,
                                std::to_string(plan.settings.shutdown_timeout.count()),
                                plan.project.python.executable, service.script},
                  .environment = environment_for(service, plan, host),
                  .directory = working_directory_of(plan.project)};
  if (host.current_user().uid != service.user.uid || host.current_user().gid != service.user.gid)
    command.user = service.user;
  UniqueFd log;
  ChildDescriptors descriptors{.input = nothing.get()};
  // The user can't make a file in a folder of root's, such as the server root.
  if (command.user && host.current_user().uid == 0 && !service.log_file.empty()) {
    auto opened = open_log_in_folder_of_root(service.log_file, service.user.uid, service.user.gid);
    if (!opened) return of_service(service, std::move(opened.error()));
    log = *std::move(opened);
  }
  if (log)
    descriptors.output = descriptors.error = log.get();
  else if (!service.log_file.empty())
    descriptors.log = service.log_file.c_str();
  const auto pid = start_process(command, descriptors, SIGTERM);
  if (!pid) return of_service(service, pid.error());
  UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, *pid, 0)));
  if (!process) return fail_errno("look at the keeper of service " + service.name);
  return process;
}

void send(const UniqueFd& process, int signal) {
  ::syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0);
}

bool ends_before(const UniqueFd& process, Deadline deadline) {
  pollfd wait{process.get(), POLLIN, 0};
  int ready = -1;
  while ((ready = ::poll(&wait, 1, deadline.poll_timeout())) < 0 && errno == EINTR) continue;
  return ready != 0;
}

}  // namespace

Result<Services> Services::start(const Plan& plan, const Host& host) {
  Services services(stop_times(plan.settings, {}).services);
  for (const Service& service : plan.services) {
    WARP_TRY(UniqueFd keeper, start_keeper(service, plan, host));
    services.keepers_.push_back(std::move(keeper));
  }
  return services;
}

void Services::stop() {
  for (const UniqueFd& keeper : keepers_) send(keeper, SIGTERM);
  const Deadline deadline = Deadline::in(patience_);
  // Its program ends with it.
  for (const UniqueFd& keeper : keepers_)
    if (!ends_before(keeper, deadline)) send(keeper, SIGKILL);
  keepers_.clear();
}

}  // namespace warp
