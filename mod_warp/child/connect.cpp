#include "mod_warp/child/connect.hpp"

#include "channel/connector.hpp"

namespace warp {

static_assert(core::Limits().response_window == channel::kUsualResponseWindow);

Result<Lease> connect(Child& child, ChildGroup& group, Claim claim, Origin origin) {
  const std::uint32_t slot = claim.slot();
  const scoreboard::SlotRecord& record = group.board.slot(slot);
  const std::uint32_t incarnation = record.incarnation.load(std::memory_order_relaxed);
  const bool is_draining =
      record.state.load(std::memory_order_acquire) == scoreboard::SlotState::kDraining;
  if (origin == Origin::kPoolOrNew && !is_draining) {
    if (auto idle = group.pool.take(slot, incarnation))
      return Lease(child, group, std::move(claim), incarnation, *std::move(idle));
  }
  WARP_TRY(channel::Channel opened,
           channel::open_channel(group.connectors[slot].child_end.get(), group.timeouts,
                                 static_cast<int>(group.group.limits.response_window)));
  return Lease(child, group, std::move(claim), incarnation, std::move(opened));
}

}  // namespace warp
