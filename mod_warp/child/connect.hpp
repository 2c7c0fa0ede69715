// A channel to a worker, for one request.
#pragma once

#include <cstdint>
#include <utility>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "mod_warp/child/claim.hpp"

namespace warp {

// The channel is closed with the lease unless it is given back.
class Lease final {
 public:
  Lease(Child& child, ChildGroup& group, Claim claimed, std::uint32_t worker,
        channel::Channel opened)
      : channel(std::move(opened)),
        claim(std::move(claimed)),
        child_(&child),
        group_(&group),
        incarnation_(worker),
        place_(child.active().enter(channel.fd())) {}
  Lease(Lease&& other) noexcept
      : channel(std::move(other.channel)),
        claim(std::move(other.claim)),
        child_(other.child_),
        group_(other.group_),
        incarnation_(other.incarnation_),
        place_(std::exchange(other.place_, ActiveChannels::kNoPlace)) {}
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Lease& operator=(Lease&&) = delete;
  ~Lease() { child_->active().leave(place_); }

  [[nodiscard]] std::uint32_t slot() const { return claim.slot(); }
  // Counts the workers that the slot has had.
  [[nodiscard]] std::uint32_t incarnation() const { return incarnation_; }
  // After a response that ended in order.
  void give_back() {
    child_->active().leave(std::exchange(place_, ActiveChannels::kNoPlace));
    group_->pool.give_back(slot(), incarnation_, std::move(channel));
  }

  channel::Channel channel;
  Claim claim;

 private:
  Child* child_;
  ChildGroup* group_;
  std::uint32_t incarnation_;
  std::size_t place_;
};

enum class Origin : std::uint8_t { kPoolOrNew, kNew };

// To the slot that the claim is for, which is given up when it fails.
[[nodiscard]] Result<Lease> connect(Child& child, ChildGroup& group, Claim claim, Origin origin);

}  // namespace warp
