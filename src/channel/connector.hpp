// How channels come to be: a child makes a stream socketpair and sends one end over its slot's
// connector (SCM_RIGHTS).
#pragma once

#include <optional>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "channel/channel.hpp"

namespace warp::channel {

// One per worker slot, made by httpd's parent. Both ends CLOEXEC and non-blocking.
struct Connector {
  UniqueFd child_end;   // inherited by httpd's children
  UniqueFd worker_end;  // for whichever worker fills the slot
};
[[nodiscard]] Result<Connector> make_connector();

// A response of some size leaves its worker thread free, and the child finds much of it at once
// instead of being woken for each piece.
inline constexpr int kUsualResponseWindow = 512 * 1024;

// Child: opens a channel to the slot's worker, present or next. kOverloaded when the worker has not
// taken earlier offers and the queue is full; kClosed when no worker can come any more.
// `response_window`: so many bytes, about, can wait between worker and child. The kernel doubles it
// for its own needs, and bounds it by wmem_max.
[[nodiscard]] Result<Channel> open_channel(int child_end, const Timeouts& timeouts,
                                           int response_window = kUsualResponseWindow);

// Worker: the next offered channel; nullopt when none is waiting. kClosed: every child has closed
// its end, nobody can ask any more. kProtocol: a message that is no offer (it has been consumed).
[[nodiscard]] Result<std::optional<Channel>> accept_channel(int worker_end,
                                                            const Timeouts& timeouts);

// Worker: the window that the child has set, in bytes, as far as the kernel let it; 0 when that
// can't be told.
[[nodiscard]] int response_window(const Channel& channel);

}  // namespace warp::channel
