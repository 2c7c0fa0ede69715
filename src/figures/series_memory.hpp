// The bytes of Series. Zeroed memory is a valid value of all of it. Workers can write anything at
// any time: who reads a field on their behalf reads it once.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "figures/series.hpp"

namespace warp::figures {

enum class RecordState : std::uint32_t { kEmpty = 0, kComplete = 1 };

struct FamilyRecord {
  std::atomic<RecordState> state;
  std::atomic<SeriesKind> kind;
  std::atomic<std::uint32_t> series;
  std::atomic<std::uint32_t> end_count;
  // Microseconds since 1970, when a process declared it last: of several with one name, the page
  // shows the one that is declared now.
  std::atomic<std::uint64_t> declared_us;
  std::array<char, kLongestName> name;  // texts are padded with zeros, not necessarily terminated
  std::array<char, kLongestHelp> help;
  std::array<char, kLongestLabelNames> labels;
  std::array<double, kMostBuckets> ends;
};

struct alignas(64) CellRecord {
  std::atomic<RecordState> state;
  std::atomic<std::uint32_t> family;
  std::atomic<std::uint32_t> part;
  // Of a gauge: one for each process that has it at the same time.
  std::atomic<std::uint32_t> turn;
  std::atomic<std::int32_t> owner;
  std::atomic<std::uint32_t> size;   // of labels
  std::atomic<std::uint64_t> value;  // a double's bits
  std::array<char, kLongestLabelValues> labels;
};

// Finds cells by their hash; at most half full.
inline constexpr std::size_t kPlacesOfIndex = 2 * kMostCells;

struct SeriesMemory {
  std::atomic<std::uint32_t> families_used;  // may exceed what there are
  std::atomic<std::uint32_t> cells_used;     // the same
  std::atomic<std::uint64_t> dropped;
  std::array<std::atomic<std::uint32_t>, kPlacesOfIndex> index;  // a cell's number and one, or 0
  std::array<FamilyRecord, kMostFamilies> families;
  std::array<CellRecord, kMostCells> cells;
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
              std::atomic<RecordState>::is_always_lock_free);

}  // namespace warp::figures
