#include "supervisor/supervisor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "base/log.hpp"
#include "channel/connector.hpp"
#include "supervisor/spawn.hpp"

namespace warp::supervisor {

using Descriptor = asio::posix::stream_descriptor;

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

}  // namespace

Supervisor::Supervisor(Inheritance inheritance, UniqueFd signals,
                       std::vector<std::string> environment)
    : inheritance_(std::move(inheritance)),
      environment_(std::move(environment)),
      parent_(::getppid()),
      signals_(loop_, signals.release()),
      timer_(loop_),
      starts_(inheritance_.config.processes),
      statuses_(inheritance_.config.processes),
      unattended_(inheritance_.config.processes),
      group_(inheritance_.config, *this, inheritance_.board),
      operator_(inheritance_.config, inheritance_.board, group_, *this, [this] { look_ahead(); }),
      control_(loop_, std::move(inheritance_.control), operator_) {}

void Supervisor::run() {
  log_info("group started", {{"group", inheritance_.config.name},
                             {"processes", inheritance_.config.processes},
                             {"threads", inheritance_.config.threads}});
  wait_for_signals();
  group_.start();
  look_ahead();
  loop_.run();
  log_info("group stopped", {{"group", inheritance_.config.name}});
}

Result<pid_t> Supervisor::start_worker(std::uint32_t slot) {
  ++starts_[slot];
  unattended_[slot].reset();
  const wire::GroupConfig& config = inheritance_.config;
  const std::string& title =
      config.display_name.empty() ? config.worker_program : config.display_name;
  WARP_TRY(SpawnedWorker worker,
           spawn_worker({.program = config.worker_program,
                         .arguments = {title, config.name, std::to_string(slot)},
                         .environment = environment_,
                         .config = inheritance_.config_file.get(),
                         .segment = inheritance_.segment.get(),
                         .connector = inheritance_.connectors[slot].get()}));
  statuses_[slot].emplace(loop_, worker.status.release());
  wait_for_status(slot);
  return worker.pid;
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
        group_.reload();
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

void Supervisor::reap() {
  for (const pid_t worker : group_.workers()) {
    int wait_status = 0;
    if (::waitpid(worker, &wait_status, WNOHANG) == worker) group_.on_exit(worker, wait_status);
  }
}

void Supervisor::wait_for_status(std::uint32_t slot) {
  const auto handler = [this, slot, start = starts_[slot]](const asio::error_code& error) {
    if (error || start != starts_[slot]) return;
    read_status(slot);
    look_ahead();
  };
  statuses_[slot]->async_wait(Descriptor::wait_read, handler);
}

void Supervisor::read_status(std::uint32_t slot) {
  char byte = 0;
  const ssize_t count = ::read(statuses_[slot]->native_handle(), &byte, 1);
  statuses_[slot].reset();
  // At the pipe's end without a byte the worker has died, and SIGCHLD says the rest.
  if (count != 1) return;
  group_.on_status(slot, static_cast<wire::WorkerStatus>(byte));
}

void Supervisor::wait_for_offers(std::uint32_t slot) {
  const auto handler = [this, slot, start = starts_[slot]](const asio::error_code& error) {
    if (error || start != starts_[slot]) return;
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
