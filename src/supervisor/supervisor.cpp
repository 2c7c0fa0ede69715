#include "supervisor/supervisor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <utility>

#include "base/log.hpp"
#include "channel/connector.hpp"
#include "supervisor/post_mortem.hpp"
#include "supervisor/process_facts.hpp"

namespace warp::supervisor {

namespace {

// Hands back every channel that is offered now. kClosed when none can come any more.
Result<> reject_offers(int connector) {
  while (true) {
    auto offer = channel::accept_channel(connector, {});
    if (!offer && offer.error().code == Errc::kClosed) return tl::unexpected(offer.error());
    if (!offer && offer.error().code == Errc::kSystem) return {};
    if (offer && !*offer) return {};
    if (offer) (void)(*offer)->send({.type = wire::FrameType::kRejected});
  }
}

constexpr std::size_t kMostOfCrash = std::size_t{16} << 10U;

Result<UniqueFd> make_crash_file() {
  UniqueFd file(::memfd_create("warp-crash", MFD_CLOEXEC));
  if (!file) return fail_errno("memfd_create warp-crash");
  return file;
}

std::string read_start(int file) {
  std::string text(kMostOfCrash, '\0');
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

}  // namespace

Supervisor::Supervisor(Inheritance inheritance, UniqueFd signals,
                       std::vector<std::string> environment)
    : inheritance_(std::move(inheritance)),
      environment_(std::move(environment)),
      parent_(::getppid()),
      signals_(loop_, signals.release()),
      timer_(loop_),
      statuses_(inheritance_.connectors.size()),
      crash_files_(inheritance_.connectors.size()),
      unattended_(inheritance_.connectors.size()),
      group_(inheritance_.config, *this, inheritance_.board),
      operator_(inheritance_.config, inheritance_.board, group_, *this, [this] { look_ahead(); }),
      control_(loop_, std::move(inheritance_.control), operator_) {}

void Supervisor::run() {
  // Workers that a template forks become our children when their first parent has ended.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  log_info("group started", {{"group", inheritance_.config.name},
                             {"processes", inheritance_.config.processes},
                             {"threads", inheritance_.config.threads}});
  inheritance_.chronicle.count_supervisor();
  wait_for_signals();
  group_.start();
  look_ahead();
  loop_.run();
  log_info("group stopped", {{"group", inheritance_.config.name}});
}

Result<pid_t> Supervisor::start_worker(std::uint32_t slot, std::uint32_t generation) {
  unattended_[slot].reset();
  WARP_TRY(StatusPipe status, make_status_pipe());
  WARP_TRY(crash_files_[slot], make_crash_file());
  const int connector = inheritance_.connectors[slot].get();
  const int crash = crash_files_[slot].get();
  Result<pid_t> worker = fail(Errc::kNotFound, "no template");
  if (templates_.has(generation))
    worker = templates_.fork_worker(
        generation, slot, {.connector = connector, .status = status.writing.get(), .crash = crash});
  if (!worker) worker = exec_worker(std::to_string(slot), connector, status, crash);
  if (worker) watch_status(slot, std::move(status.reading));
  return worker;
}

Result<> Supervisor::start_template(std::uint32_t generation) {
  WARP_TRY(StatusPipe status, make_status_pipe());
  WARP_TRY(channel::OrderEnds orders, channel::make_order_socket());
  WARP_TRY(const UniqueFd crash, make_crash_file());
  WARP_TRY(const pid_t pid, exec_worker(std::string(wire::kTemplateWord),
                                        orders.fork_template.get(), status, crash.get()));
  log_info("template started",
           {{"group", inheritance_.config.name}, {"pid", pid}, {"generation", generation}});
  templates_.add(generation, pid, std::move(orders.supervisor));
  wait_for_template(generation, std::move(status.reading));
  return {};
}

Result<pid_t> Supervisor::exec_worker(const std::string& what, int connector,
                                      const StatusPipe& status, int crash) {
  const wire::GroupConfig& config = inheritance_.config;
  const std::string& title =
      config.display_name.empty() ? config.worker_program : config.display_name;
  return spawn_worker({.program = config.worker_program,
                       .arguments = {title, config.name, what},
                       .environment = environment_,
                       .config = inheritance_.config_file.get(),
                       .segment = inheritance_.segment.get(),
                       .connector = connector,
                       .status = status.writing.get(),
                       .crash = crash,
                       .series = inheritance_.series.get()});
}

void Supervisor::send_signal(pid_t worker, int signal) { ::kill(worker, signal); }

void Supervisor::turn_offers_away(std::uint32_t slot) {
  const int copy = ::fcntl(inheritance_.connectors[slot].get(), F_DUPFD_CLOEXEC, 0);
  // Then its channels wait for the next worker.
  if (copy < 0) return;
  unattended_[slot].emplace(loop_, copy);
  wait_for_offers(slot);
}

bool Supervisor::is_connector_closed(std::uint32_t slot) const {
  pollfd entry{inheritance_.connectors[slot].get(), 0, 0};
  return ::poll(&entry, 1, 0) == 1 && (entry.revents & POLLHUP) != 0;
}

void Supervisor::wait_for_signals() {
  signals_.async_wait(Descriptor::wait_read, [this](const asio::error_code& error) {
    if (error) return;
    on_signals();
    wait_for_signals();
    look_ahead();
  });
}

void Supervisor::on_signals() {
  signalfd_siginfo info{};
  while (::read(signals_.native_handle(), &info, sizeof info) == ssize_t{sizeof info}) {
    switch (static_cast<int>(info.ssi_signo)) {
      case SIGCHLD:
        reap();
        break;
      case SIGHUP:
        group_.reload(RestartReason::kReload);
        break;
      case SIGUSR1:
        group_.look_for_changed_code();
        break;
      case SIGTERM:
        on_terminate();
        break;
      default:
        break;
    }
  }
}

void Supervisor::on_terminate() {
  const bool is_orphan = ::getppid() != parent_;
  log_info("group stops", {{"group", inheritance_.config.name},
                           {"reason", is_orphan ? "httpd is gone" : "told to"}});
  // Without httpd nobody waits for an answer any more.
  return is_orphan ? group_.stop_soon() : group_.stop();
}

// Also processes of the application that have lost their parents.
void Supervisor::reap() {
  int wait_status = 0;
  for (pid_t process = ::waitpid(-1, &wait_status, WNOHANG); process > 0;
       process = ::waitpid(-1, &wait_status, WNOHANG))
    on_exit(process, wait_status);
}

void Supervisor::on_exit(pid_t process, int wait_status) {
  const auto generation = templates_.generation_of(process);
  if (!generation) return group_.on_exit(process, wait_status);
  log_info("template ended", {{"group", inheritance_.config.name},
                              {"pid", process},
                              {"generation", *generation},
                              {"how", how_it_ended(wait_status)}});
  templates_.forget(*generation);
  group_.on_template_exit(*generation);
}

std::optional<ProcessFigures> Supervisor::figures_of(pid_t worker) const {
  const auto memory = resident_bytes(worker);
  const auto cpu_time = cpu_time_of(worker);
  if (!memory || !cpu_time) return std::nullopt;
  return ProcessFigures{.resident_bytes = *memory, .cpu_time = *cpu_time};
}

std::optional<std::uint64_t> Supervisor::proportional_bytes_of(pid_t worker) const {
  return proportional_bytes(worker);
}

bool Supervisor::is_stopped(pid_t worker) const { return supervisor::is_stopped(worker); }

std::string Supervisor::last_words(std::uint32_t slot) const {
  if (!crash_files_[slot]) return {};
  return read_start(crash_files_[slot].get());
}

void Supervisor::watch_status(std::uint32_t slot, UniqueFd pipe) {
  ++statuses_[slot].number;
  statuses_[slot].pipe.emplace(loop_, pipe.release());
  wait_for_status(slot);
}

void Supervisor::wait_for_status(std::uint32_t slot) {
  const auto handler = [this, slot,
                        number = statuses_[slot].number](const asio::error_code& error) {
    if (error || number != statuses_[slot].number) return;
    read_status(slot);
    look_ahead();
  };
  statuses_[slot].pipe->async_wait(Descriptor::wait_read, handler);
}

void Supervisor::read_status(std::uint32_t slot) {
  char byte = 0;
  const ssize_t count = ::read(statuses_[slot].pipe->native_handle(), &byte, 1);
  // At the pipe's end the worker has died, and SIGCHLD says the rest.
  if (count != 1) return statuses_[slot].pipe.reset();
  const std::uint64_t number = statuses_[slot].number;
  group_.on_status(slot, static_cast<wire::WorkerStatus>(byte));
  if (number == statuses_[slot].number) wait_for_status(slot);
}

void Supervisor::wait_for_template(std::uint32_t generation, UniqueFd pipe) {
  auto reader = std::make_shared<Descriptor>(loop_, pipe.release());
  reader->async_wait(Descriptor::wait_read,
                     [this, generation, reader](const asio::error_code& error) {
                       char byte = 0;
                       if (error || ::read(reader->native_handle(), &byte, 1) != 1) return;
                       log_info("template has imported the application",
                                {{"group", inheritance_.config.name}, {"generation", generation}});
                       group_.on_template_status(generation, static_cast<wire::WorkerStatus>(byte));
                       look_ahead();
                     });
}

void Supervisor::wait_for_offers(std::uint32_t slot) {
  const auto handler = [this, slot,
                        number = statuses_[slot].number](const asio::error_code& error) {
    if (error || number != statuses_[slot].number || !unattended_[slot]) return;
    const Result<> all = reject_offers(unattended_[slot]->native_handle());
    if (all) return wait_for_offers(slot);
    unattended_[slot].reset();
    group_.on_connector_closed();
    look_ahead();
  };
  unattended_[slot]->async_wait(Descriptor::wait_read, handler);
}

void Supervisor::look_ahead() {
  if (group_.is_over()) return loop_.stop();
  const auto next = group_.next_deadline();
  if (!next) {
    timer_.cancel();
    return;
  }
  timer_.expires_at(*next);
  timer_.async_wait([this](const asio::error_code& error) {
    if (error) return;
    group_.on_time();
    look_ahead();
  });
}

}  // namespace warp::supervisor
