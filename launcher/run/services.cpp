#include "launcher/run/services.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

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

// A program beside the service, as the service's user.
Command command_for(const Service& service, const Plan& plan, const Host& host,
                    std::vector<std::string> arguments) {
  Command command{.arguments = std::move(arguments),
                  .environment = environment_for(service, plan, host),
                  .directory = working_directory_of(plan.project)};
  if (host.current_user().uid != service.user.uid || host.current_user().gid != service.user.gid)
    command.user = service.user;
  return command;
}

Result<UniqueFd> start(const Service& service, const Command& command,
                       ChildDescriptors descriptors) {
  const auto pid = start_process(command, descriptors, SIGTERM);
  if (!pid) return of_service(service, pid.error());
  UniqueFd process = open_process(*pid);
  if (!process) return fail_errno("look at a process of service " + service.name);
  return process;
}

// Where a keeper and its program write.
struct Log {
  ChildDescriptors descriptors{};
  UniqueFd opened{};     // what they name, if that is ours
  UniqueFd formatter{};  // the program that reads it and writes JSON, if there is one
};

Result<Log> open_log(const Service& service, const Command& command, const Host& host) {
  Log log;
  // The user can't make a file in a folder of root's, such as the server root.
  if (command.user && host.current_user().uid == 0 && !service.log_file.empty()) {
    auto opened = open_log_in_folder_of_root(service.log_file, service.user.uid, service.user.gid);
    if (!opened) return of_service(service, std::move(opened.error()));
    log.opened = *std::move(opened);
  }
  if (log.opened)
    log.descriptors.output = log.descriptors.error = log.opened.get();
  else if (!service.log_file.empty())
    log.descriptors.log = service.log_file.c_str();
  return log;
}

// It ends when all who write have ended.
Result<Log> open_json_log(const Service& service, const Plan& plan, const Host& host) {
  const Command command =
      command_for(service, plan, host, {plan.logs.json_program, "--service", service.name, "-"});
  WARP_TRY(Log log, open_log(service, command, host));
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("pipe");
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  log.descriptors.input = reader.get();
  WARP_TRY(UniqueFd formatter, start(service, command, log.descriptors));
  const int output = writer.get();
  return Log{.descriptors = {.output = output, .error = output},
             .opened = std::move(writer),
             .formatter = std::move(formatter)};
}

struct Started {
  UniqueFd keeper;
  UniqueFd formatter;
};

Result<Started> start_keeper(const Service& service, const Plan& plan, const Host& host) {
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const Command command =
      command_for(service, plan, host,
                  {plan.installation.libexec_directory + "/warp-service", service.name,
                   std::to_string(plan.settings.shutdown_timeout.count()),
                   plan.project.python.executable, service.script});
  WARP_TRY(Log log, plan.logs.json_program.empty() ? open_log(service, command, host)
                                                   : open_json_log(service, plan, host));
  log.descriptors.input = nothing.get();
  WARP_TRY(UniqueFd keeper, start(service, command, log.descriptors));
  return Started{std::move(keeper), std::move(log.formatter)};
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
    WARP_TRY(Started started, start_keeper(service, plan, host));
    services.keepers_.push_back(std::move(started.keeper));
    if (started.formatter) services.formatters_.push_back(std::move(started.formatter));
  }
  return services;
}

void Services::stop() {
  for (const UniqueFd& keeper : keepers_) send(keeper, SIGTERM);
  const Deadline deadline = Deadline::in(patience_);
  // Its program ends with it.
  for (const UniqueFd& keeper : keepers_)
    if (!ends_before(keeper, deadline)) send(keeper, SIGKILL);
  // A formatter ends behind the last who writes: something that the program has left elsewhere.
  for (const UniqueFd& formatter : formatters_)
    if (!ends_before(formatter, deadline)) send(formatter, SIGKILL);
  keepers_.clear();
  formatters_.clear();
}

}  // namespace warp
