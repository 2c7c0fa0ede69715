// A request's place in a worker, from the choice of the worker until its answer is here.
#pragma once

#include <cstdint>
#include <utility>

#include "mod_warp/child/child.hpp"
#include "mod_warp/child/find_place.hpp"

namespace warp {

class Claim final {
 public:
  Claim(const ChildGroup& group, Place place) : group_(&group), place_(place) {}
  Claim(Claim&& other) noexcept
      : group_(std::exchange(other.group_, nullptr)),
        place_(other.place_),
        is_given_out_(other.is_given_out_) {}
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  Claim& operator=(Claim&&) = delete;
  // Without an answer the worker's thread may go on: the place is not free before that ends.
  ~Claim() {
    if (group_ != nullptr && is_given_out_)
      group_->ledger.places().abandon(place_);
    else
      end();
  }

  [[nodiscard]] std::uint32_t slot() const { return place_.slot; }
  // All threads of the worker had been given something already: this one waits within it.
  [[nodiscard]] bool is_beyond_threads() const {
    return place_.index >= group_->group.settings.threads;
  }
  // The request is about to be sent. `number`: as the worker's threads will have it.
  void give_out(std::uint64_t number) {
    group_->ledger.places().at(place_).request.store(number);
    is_given_out_ = true;
  }
  // The worker is done with it, or never began: the next one may have the place.
  void end() {
    const ChildGroup* const group = std::exchange(group_, nullptr);
    if (group == nullptr) return;
    group->ledger.places().give_back(place_);
    serve_queue(*group);
  }

 private:
  const ChildGroup* group_;
  Place place_;
  bool is_given_out_ = false;
};

}  // namespace warp
