#include "worker/listener.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <utility>

#include "base/log.hpp"
#include "channel/connector.hpp"
#include "worker/lost_descriptor.hpp"

namespace warp::worker {
namespace {

Result<UniqueFd> make_event() {
  UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return fail_errno("eventfd");
  return event;
}

void signal_event(const UniqueFd& event) {
  const std::uint64_t one = 1;
  // Can fail only when it is readable already.
  [[maybe_unused]] const ssize_t written = ::write(event.get(), &one, sizeof one);
}

// What an event of the epoll set belongs to is told by the address in its data.
Result<> watch(const UniqueFd& epoll, int operation, int fd, std::uint32_t events, void* subject) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = subject;
  if (::epoll_ctl(epoll.get(), operation, fd, &event) != 0) return fail_errno("epoll_ctl");
  return {};
}

// Whoever sets a smaller one wants little of a response to wait for its client.
constexpr int kLeastWindowForMemory = 128 * 1024;

constexpr std::uint32_t kOnce = EPOLLIN | EPOLLONESHOT;

// The next request may have come with the last bytes of a body that was still read when its
// response ended. What has been received already makes no event.
Afterwards serve_arrived(channel::Channel& channel, Session& session, Intake intake) {
  while (true) {
    const Afterwards afterwards = session.serve(channel, intake);
    if (afterwards == Afterwards::kKeep && !channel.is_at_boundary()) continue;
    channel.shrink();
    return afterwards;
  }
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::create(int connector, Limits limits) {
  std::unique_ptr<Listener> listener(new Listener(connector, limits));
  WARP_CHECK(listener->set_up());
  return listener;
}

Result<> Listener::set_up() {
  epoll_.reset(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) return fail_errno("epoll_create1");
  WARP_TRY(connector_closed_, make_event());
  WARP_TRY(finished_, make_event());
  WARP_CHECK(watch(epoll_, EPOLL_CTL_ADD, finished_.get(), EPOLLIN, &finished_));
  return watch(epoll_, EPOLL_CTL_ADD, connector_, kOnce, &connector_);
}

void Listener::run(Session& session) {
  while (true) {
    epoll_event event{};
    const int count = ::epoll_wait(epoll_.get(), &event, 1, -1);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) end_without_descriptor("epoll");
    if (event.data.ptr == &finished_) return;
    if (event.data.ptr == &connector_)
      accept_offers();
    else if ((event.events & EPOLLHUP) != 0)
      drop(*static_cast<Connection*>(event.data.ptr));
    else
      serve(*static_cast<Connection*>(event.data.ptr), session);
  }
}

// The child is gone or has given up: nobody waits for what it may have sent.
void Listener::drop(Connection& connection) {
  // What the thread that had it last has done to it is seen from here on.
  (void)connection.turn.load();
  close(connection);
}

void Listener::accept_offers() {
  {
    const std::lock_guard lock(mutex_);
    if (draining_) return;
    accepting_ = true;
  }
  Offers offers = Offers::kMore;
  while (offers == Offers::kMore && !draining_) offers = accept_next();
  if (offers == Offers::kNoneEver) signal_event(connector_closed_);
  const std::lock_guard lock(mutex_);
  accepting_ = false;
  // Fails, rightly, when drain() has removed the connector.
  if (offers != Offers::kNoneEver)
    (void)watch(epoll_, EPOLL_CTL_MOD, connector_, kOnce, &connector_);
  finish_if_over();
}

Listener::Offers Listener::accept_next() {
  auto offer = channel::accept_channel(connector_, limits_.timeouts);
  if (!offer && offer.error().code == Errc::kClosed) return Offers::kNoneEver;
  if (!offer) {
    complain(offer.error());
    return offer.error().code == Errc::kProtocol ? Offers::kMore : Offers::kNoneNow;
  }
  if (!*offer) return Offers::kNoneNow;
  if (channel_count() < limits_.most_channels) {
    add(**std::move(offer));
    return Offers::kMore;
  }
  complain(Error{Errc::kOverloaded,
                 std::to_string(limits_.most_channels) + " channels are open already"});
  (void)(*offer)->send({.type = wire::FrameType::kRejected});
  return Offers::kMore;
}

// The kernel drops an offered descriptor when the process may not open more files; children then
// offer again and again, which must not fill the log.
void Listener::complain(const Error& error) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_complaint_) return;
  next_complaint_ = now + std::chrono::seconds(1);
  log_warn("offered channel refused", {{"reason", describe(error)}});
}

void Listener::add(channel::Channel channel) {
  auto owned = std::make_unique<Connection>(std::move(channel));
  Connection& connection = *owned;
  if (channel::response_window(connection.channel) >= kLeastWindowForMemory)
    connection.channel.allow_body_memory(body_memories_);
  const std::lock_guard lock(mutex_);
  connections_.emplace(&connection, std::move(owned));
  if (draining_) start_leaving(connection);
  if (const auto added = watch(epoll_, EPOLL_CTL_ADD, connection.channel.fd(), kOnce, &connection);
      !added) {
    complain(added.error());
    connections_.erase(&connection);
  }
}

void Listener::serve(Connection& connection, Session& session) {
  if (connection.change_turn(Turn::kWaiting, Turn::kServed)) {
    if (serve_arrived(connection.channel, session, Intake::kOpen) == Afterwards::kClose)
      return close(connection);
    connection.turn = Turn::kWaiting;
    // drain() sets draining_ before it looks at the turns: one of the two sees the other's change.
    if (draining_) {
      const std::lock_guard lock(mutex_);
      start_leaving(connection);
    }
    return wait_again(connection);
  }
  if (!connection.change_turn(Turn::kLeaving, Turn::kServedLast) ||
      serve_arrived(connection.channel, session, Intake::kShut) == Afterwards::kClose)
    return close(connection);
  connection.turn = Turn::kLeaving;
  wait_again(connection);
}

// From the system call on another thread may have the connection, and even have closed it.
void Listener::wait_again(Connection& connection) {
  const auto armed = watch(epoll_, EPOLL_CTL_MOD, connection.channel.fd(), kOnce, &connection);
  if (armed) return;
  log_error("channel lost", {{"reason", describe(armed.error())}});
  close(connection);
}

// Later sends of the child fail; what it has sent can still be read, and after that the end.
void Listener::start_leaving(Connection& connection) {
  if (connection.change_turn(Turn::kWaiting, Turn::kLeaving))
    ::shutdown(connection.channel.fd(), SHUT_RD);
}

void Listener::close(Connection& connection) {
  // First the lock: what turn_away_waiting() says must go out before.
  const std::lock_guard lock(mutex_);
  // Processes that the application forked may hold copies of the descriptor.
  ::shutdown(connection.channel.fd(), SHUT_RDWR);
  connections_.erase(&connection);
  finish_if_over();
}

void Listener::drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, connector_, nullptr);
  for (const auto& [connection, owner] : connections_) start_leaving(*connection);
  finish_if_over();
}

void Listener::turn_away_waiting() {
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, owner] : connections_) {
    if (!connection->change_turn(Turn::kLeaving, Turn::kTurnedAway)) continue;
    (void)connection->channel.send({.type = wire::FrameType::kRejected});
    // Nothing more comes from us; the thread that is free first closes it.
    ::shutdown(connection->channel.fd(), SHUT_RDWR);
  }
}

void Listener::finish_if_over() {
  if (draining_ && !accepting_ && connections_.empty()) signal_event(finished_);
}

void Listener::after_fork_in_child() {
  // Not closed but replaced: the numbers stay taken, so that nothing of ours that the forked
  // process still runs meets a file of the application's there.
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  const auto replace = [&](int fd) { ::dup3(null.get(), fd, O_CLOEXEC); };
  for (const int fd : {epoll_.get(), connector_, connector_closed_.get(), finished_.get()})
    replace(fd);
  for (const auto& [connection, owner] : connections_) replace(connection->channel.fd());
  mutex_.unlock();
}

std::size_t Listener::served_count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(connections_.begin(), connections_.end(), [](const auto& entry) {
        const Turn turn = entry.first->turn;
        return turn == Turn::kServed || turn == Turn::kServedLast;
      }));
}

std::size_t Listener::channel_count() const {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

}  // namespace warp::worker
