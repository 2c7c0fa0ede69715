#include "mod_warp/child/child.hpp"

#include <unistd.h>

#include "mod_warp/parent/start.hpp"

namespace warp {

Child::Child(const Installation& installation, std::size_t threads)
    : pid_(static_cast<std::uint64_t>(::getpid())) {
  for (const auto& group : installation.groups) {
    Heritage& heritage = installation.parent->heritage_of(*group);
    const wire::GroupConfig& settings = group->settings;
    const auto row = heritage.board.claim_row(static_cast<std::int32_t>(pid_));
    groups_.push_back(std::unique_ptr<ChildGroup>(new ChildGroup{
        .group = *group,
        .board = heritage.board,
        .connectors = heritage.connectors,
        .row = row ? std::optional(*row) : std::nullopt,
        .timeouts = {.receive = settings.request_timeout, .send = settings.socket_timeout},
        // As many as can be in use at a time, so that none is closed while there is load.
        .pool = channel::Pool(heritage.board.dimensions().slots, threads)}));
  }
}

std::uint64_t Child::next_request_id() {
  return pid_ << 32U | requests_.fetch_add(1, std::memory_order_relaxed);
}

void Child::release_rows() const {
  for (const auto& group : groups_) group->board.release_row_of(static_cast<std::int32_t>(pid_));
}

}  // namespace warp
