// Where idle worker threads wait: one epoll instance for the connector and all channels, each armed
// for one event at a time, so that the next idle thread takes the next ready channel without a lock
// or a hand-over.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "channel/channel.hpp"
#include "worker/connection.hpp"
#include "worker/session.hpp"

namespace warp::worker {

class Listener final {
 public:
  struct Limits {
    channel::Timeouts timeouts;
    std::size_t most_channels = 4096;  // offers beyond are rejected
    int most_body_memories = 16;       // channels whose large responses don't take the socket
  };

  // Listens on the worker's end of the slot's connector, which the caller keeps open.
  [[nodiscard]] static Result<std::unique_ptr<Listener>> create(int connector, Limits limits);

  // A worker thread's life: returns when drain() was called and the last channel is closed.
  void run(Session& session);

  // Takes no more offers (they wait for the next worker) and lets the channels go: what has arrived
  // on them is still answered. Any thread, any number of times.
  void drain();
  // After drain(): requests that have arrived and that no thread has taken go back to the child,
  // for another worker.
  void turn_away_waiting();

  // Channels whose requests threads are at.
  [[nodiscard]] std::size_t served_count() const;

  // Around a fork of the application: the forked process gets nothing of the channels, whose ends
  // would otherwise outlive this process in it. Consistent, as no thread changes them meanwhile.
  void before_fork() { mutex_.lock(); }
  void after_fork() { mutex_.unlock(); }
  void after_fork_in_child();

  // Readable when all children have closed the connector: nobody can ask any more.
  [[nodiscard]] int connector_closed_event() const { return connector_closed_.get(); }
  [[nodiscard]] std::size_t channel_count() const;

 private:
  Listener(int connector, Limits limits)
      : connector_(connector), limits_(limits), body_memories_(limits.most_body_memories) {}
  [[nodiscard]] Result<> set_up();

  enum class Offers : std::uint8_t { kMore, kNoneNow, kNoneEver };
  void accept_offers();
  [[nodiscard]] Offers accept_next();
  void complain(const Error& error);
  void add(channel::Channel channel);
  void serve(Connection& connection, Session& session);
  void drop(Connection& connection);
  void wait_again(Connection& connection);
  void start_leaving(Connection& connection);
  void close(Connection& connection);
  void finish_if_over();

  int connector_;
  Limits limits_;
  channel::BodyMemoryAllowance body_memories_;  // outlives connections_
  UniqueFd epoll_;
  UniqueFd connector_closed_;
  UniqueFd finished_;  // stays readable, so that every thread sees it
  std::atomic<bool> draining_{false};

  mutable std::mutex mutex_;  // guards: connections_, accepting_
  std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
  bool accepting_ = false;  // a thread holds the connector's event
  // Used by the thread that holds the connector's event.
  std::chrono::steady_clock::time_point next_complaint_;
};

}  // namespace warp::worker
