#include "mod_warp/child/child.hpp"

#include <unistd.h>

#include <algorithm>

#include "mod_warp/parent/start.hpp"

namespace warp {
namespace {

// A request that is answered by then costs one system call to wait for; after that its client and
// its time are seen to.
constexpr std::chrono::milliseconds kFirstLook{1'000};

}  // namespace

Child::Child(const Installation& installation, std::size_t threads)
    : pid_(static_cast<std::uint64_t>(::getpid())) {
  for (const auto& group : installation.groups) {
    Heritage& heritage = installation.parent->heritage_of(*group);
    const GroupFiguresMemory& figures = installation.parent->figures_of(*group);
    const wire::GroupConfig& settings = group->settings;
    const auto slots = static_cast<std::uint32_t>(heritage.connectors.size());
    groups_.push_back(std::unique_ptr<ChildGroup>(new ChildGroup{
        .group = *group,
        .board = heritage.board,
        .ledger = heritage.ledger,
        .tally = figures.tally,
        .chronicle = figures.chronicle,
        .series = figures.series,
        .connectors = heritage.connectors,
        .pid = static_cast<std::int32_t>(pid_),
        .timeouts = {.receive = std::min(kFirstLook, settings.request_timeout),
                     .send = settings.socket_timeout},
        // As many as can be in use at a time, so that none is closed while there is load.
        .pool = channel::Pool(slots, threads)}));
  }
}

std::uint64_t Child::next_request_id() {
  return pid_ << 32U | requests_.fetch_add(1, std::memory_order_relaxed);
}

void Child::abandon_requests() const {
  for (const auto& group : groups_) group->ledger.places().abandon_all_of(group->pid);
}

}  // namespace warp
