// A channel to a worker, for one request.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "mod_warp/child/child.hpp"

namespace warp {

// Counts a request for its slot, in this child's row, until end().
class LoadCount final {
 public:
  // nullopt when the slot's load is not what the choice was made by. A child without a row does not
  // count.
  [[nodiscard]] static std::optional<LoadCount> begin(const ChildGroup& group, std::uint32_t slot,
                                                      std::uint32_t seen) {
    if (group.row && !group.board.begin_request(*group.row, slot, seen)) return std::nullopt;
    return LoadCount(group, slot);
  }
  LoadCount(LoadCount&& other) noexcept
      : group_(std::exchange(other.group_, nullptr)), slot_(other.slot_) {}
  LoadCount(const LoadCount&) = delete;
  LoadCount& operator=(const LoadCount&) = delete;
  LoadCount& operator=(LoadCount&&) = delete;
  ~LoadCount() { end(); }
  [[nodiscard]] std::uint32_t slot() const { return slot_; }
  void end() {
    if (const ChildGroup* const group = std::exchange(group_, nullptr); group && group->row)
      group->board.end_request(*group->row, slot_);
  }

 private:
  LoadCount(const ChildGroup& group, std::uint32_t slot) : group_(&group), slot_(slot) {}

  const ChildGroup* group_;
  std::uint32_t slot_;
};

// The channel is closed with the lease unless it is given back.
class Lease final {
 public:
  Lease(Child& child, ChildGroup& group, LoadCount count, std::uint32_t incarnation,
        channel::Channel opened)
      : channel(std::move(opened)),
        load(std::move(count)),
        child_(&child),
        group_(&group),
        incarnation_(incarnation),
        place_(child.active().enter(channel.fd())) {}
  Lease(Lease&& other) noexcept
      : channel(std::move(other.channel)),
        load(std::move(other.load)),
        child_(other.child_),
        group_(other.group_),
        incarnation_(other.incarnation_),
        place_(std::exchange(other.place_, ActiveChannels::kNoPlace)) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Lease& operator=(Lease&&) = delete;
  ~Lease() { child_->active().leave(place_); }

  [[nodiscard]] std::uint32_t slot() const { return load.slot(); }
  // After a response that ended in order.
  void give_back() {
    child_->active().leave(std::exchange(place_, ActiveChannels::kNoPlace));
    group_->pool.give_back(slot(), incarnation_, std::move(channel));
  }

  channel::Channel channel;
  LoadCount load;

 private:
  Child* child_;
  ChildGroup* group_;
  std::uint32_t incarnation_;
  std::size_t place_;
};

enum class Origin : std::uint8_t { kPoolOrNew, kNew };

// To the slot that the count is for.
[[nodiscard]] Result<Lease> connect(Child& child, ChildGroup& group, LoadCount count,
                                    Origin origin);

}  // namespace warp
