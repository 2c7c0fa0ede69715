// What a hostile worker can do to a scoreboard.
#pragma once

#include <random>

#include "unit/mod_warp/management/group_fixture.hpp"

namespace warp::management {

template <typename Record>
void scribble_over(Record& record, std::mt19937& random) {
  auto* const bytes = static_cast<unsigned char*>(static_cast<void*>(&record));
  for (std::size_t i = 0; i < sizeof(Record); ++i) bytes[i] = static_cast<unsigned char>(random());
}

inline void scribble(const Group& group, std::mt19937& random) {
  for (std::uint32_t slot = 0; slot < kSlots; ++slot) {
    scribble_over(group.board.slot(slot), random);
    for (std::uint32_t thread = 0; thread < kThreads; ++thread)
      scribble_over(group.board.thread(slot, thread), random);
  }
  for (std::size_t index = 0; index < scoreboard::kDeaths; ++index)
    scribble_over(group.board.death(index), random);
}

}  // namespace warp::management
