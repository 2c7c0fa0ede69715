// Which worker has room for a request: scoreboard and ledger, seen together.
#pragma once

#include <optional>

#include "mod_warp/child/child.hpp"
#include "mod_warp/core/choose_worker.hpp"
#include "mod_warp/shared/places.hpp"

namespace warp {

struct Room {
  core::WorkerChoice choice;
  std::optional<Place> place;  // free when it was looked at
};
// `avoided` is the slot that has just failed the request.
[[nodiscard]] Room look_for_room(const ChildGroup& group, std::optional<std::uint32_t> avoided);

// The short way for a group of one process, whose worker queues requests itself: nullopt when this
// worker has no room, or there is a choice to be made.
[[nodiscard]] std::optional<Place> take_in_only_worker(const ChildGroup& group, std::uint32_t hint);

// Places that are free go to requests that wait.
void serve_queue(const ChildGroup& group);

// The worker has more requests than threads.
[[nodiscard]] bool is_crowded(const ChildGroup& group, std::uint32_t slot);

}  // namespace warp
