#include "running_group.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "../worker/child_side.hpp"
#include "base/deadline.hpp"
#include "base/signals.hpp"
#include "figures/chronicle.hpp"
#include "figures/series.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {
namespace {

using wire::SupervisorHeritage;

constexpr std::chrono::seconds kPatience{20};

UniqueFd config_file(const wire::GroupConfig& config) {
  const std::string text = wire::encode_group_config(config);
  UniqueFd file(::memfd_create("config", MFD_CLOEXEC));
  EXPECT_EQ(::write(file.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  return file;
}

[[noreturn]] void become_supervisor(const std::vector<int>& heritage, int log, pid_t parent) {
  std::vector<int> lifted;
  for (const int fd : heritage) lifted.push_back(::fcntl(fd, F_DUPFD_CLOEXEC, 100));
  ::dup2(log, STDERR_FILENO);
  for (std::size_t i = 0; i < lifted.size(); ++i)
    ::dup2(lifted[i], SupervisorHeritage::kConfig + static_cast<int>(i));
  reset_signals();
  end_with_parent(SIGTERM, parent);
  ::execl(WARP_SUPERVISOR, "warp-supervisor", "site", nullptr);
  ::_exit(127);
}

}  // namespace

RunningGroup::RunningGroup(wire::GroupConfig config, Parent parent)
    : segment_(scoreboard::create_segment(
                   {.slots = wire::slots_for(config.processes), .threads = config.threads})
                   .value()),
      board_(scoreboard::Scoreboard::map(segment_.get()).value()) {
  if (config.worker_program.empty()) config.worker_program = WARP_STUB_WORKER;
  config.log_level = "info";
  const UniqueFd file = config_file(config);
  const UniqueFd control = listen();
  const UniqueFd chronicle = figures::Chronicle::create().value();
  const UniqueFd series = figures::Series::create().value();
  std::vector<int> heritage = {file.get(), segment_.get(), control.get(), chronicle.get(),
                               series.get()};
  std::vector<UniqueFd> worker_ends;
  for (std::uint32_t slot = 0; slot < wire::slots_for(config.processes); ++slot) {
    channel::Connector connector = channel::make_connector().value();
    child_ends_.push_back(std::move(connector.child_end));
    heritage.push_back(connector.worker_end.get());
    worker_ends.push_back(std::move(connector.worker_end));
  }
  std::array<int, 2> log{};
  EXPECT_EQ(::pipe2(log.data(), O_CLOEXEC), 0);
  log_.reset(log[0]);
  const UniqueFd writing(log[1]);
  const pid_t self = ::getpid();
  pid_ = ::fork();
  if (pid_ != 0) return;
  if (parent == Parent::kTest) become_supervisor(heritage, writing.get(), self);
  const pid_t middle = ::getpid();
  if (::fork() == 0) become_supervisor(heritage, writing.get(), middle);
  while (true) ::pause();
}

// At an abstract address that the kernel chooses.
UniqueFd RunningGroup::listen() {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  control_.sun_family = AF_UNIX;
  auto* const address = reinterpret_cast<sockaddr*>(&control_);
  EXPECT_EQ(::bind(socket.get(), address, sizeof(sa_family_t)), 0);
  EXPECT_EQ(::listen(socket.get(), 16), 0);
  EXPECT_EQ(::getsockname(socket.get(), address, &control_size_), 0);
  return socket;
}

std::string RunningGroup::ask(std::string_view request) const {
  const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_EQ(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&control_), control_size_),
            0);
  EXPECT_EQ(::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  std::array<char, 4096> piece{};
  pollfd entry{socket.get(), POLLIN, 0};
  const Deadline deadline = Deadline::in(kPatience);
  while (::poll(&entry, 1, deadline.poll_timeout()) == 1) {
    const ssize_t count = ::read(socket.get(), piece.data(), piece.size());
    if (count <= 0) return answer;
    answer.append(piece.data(), static_cast<std::size_t>(count));
  }
  return "no answer";
}

RunningGroup::~RunningGroup() {
  if (is_reaped_) return;
  ::kill(pid_, SIGTERM);
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::string RunningGroup::wait_for(std::string_view text) {
  const Deadline deadline = Deadline::in(kPatience);
  while (true) {
    for (std::size_t end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n')) {
      const std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      EXPECT_EQ(line.find("Sanitizer"), std::string::npos) << line;
      if (line.find(text) != std::string::npos) return line;
    }
    pollfd entry{log_.get(), POLLIN, 0};
    std::array<char, 4096> piece{};
    const ssize_t count = ::poll(&entry, 1, deadline.poll_timeout()) == 1
                              ? ::read(log_.get(), piece.data(), piece.size())
                              : 0;
    if (count <= 0) {
      ADD_FAILURE() << "no line in the log with: " << text;
      return "";
    }
    unread_.append(piece.data(), static_cast<std::size_t>(count));
  }
}

void RunningGroup::wait_for_silence() {
  const Deadline deadline = Deadline::in(kPatience);
  std::array<char, 4096> piece{};
  pollfd entry{log_.get(), POLLIN, 0};
  while (::poll(&entry, 1, deadline.poll_timeout()) == 1) {
    const ssize_t count = ::read(log_.get(), piece.data(), piece.size());
    if (count <= 0) {
      EXPECT_EQ(unread_.find("Sanitizer"), std::string::npos) << unread_;
      return;
    }
    unread_.append(piece.data(), static_cast<std::size_t>(count));
  }
  ADD_FAILURE() << "a process of the group still lives";
}

int RunningGroup::wait_for_exit() {
  int status = 0;
  EXPECT_EQ(::waitpid(pid_, &status, 0), pid_);
  is_reaped_ = true;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

channel::Channel RunningGroup::open(std::uint32_t slot) const {
  return channel::open_channel(child_ends_[slot].get(), worker::kTestTimeouts).value();
}

std::string RunningGroup::get(channel::Channel& channel, std::string_view path) const {
  if (!worker::send_request(channel, {.uri = path})) return "not sent";
  const auto response = worker::receive_response(channel);
  if (!response) return "broken: " + describe(response.error());
  if (response->last == wire::FrameType::kRejected) return "rejected";
  return response->status == 200 ? response->body : std::to_string(response->status);
}

std::string RunningGroup::get(std::string_view path, std::uint32_t slot) const {
  channel::Channel channel = open(slot);
  return get(channel, path);
}

}  // namespace warp::supervisor
