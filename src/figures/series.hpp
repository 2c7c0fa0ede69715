// What an application counts for itself (warp.metrics), in memory that all workers of a group map
// and that goes by the group's name: it outlives them all.
//
// There is no lock that a killed process could leave behind. A record is written by one process
// before others can find it, and from then on only its number changes, by atomic operations. A
// worker can write anything here: whoever reads bounds what it reads (series_reader.hpp).
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "figures/shared_memory.hpp"

namespace warp::figures {

enum class SeriesKind : std::uint32_t {
  kCounter,
  kHistogram,
  // Each process has a number of its own, and the page shows, of the processes that live:
  kGaugeSum,
  kGaugeMax,
  kGaugeMin,
};
inline constexpr std::uint32_t kSeriesKinds = 5;

inline constexpr std::size_t kMostFamilies = 256;
inline constexpr std::size_t kMostCells = 8192;
inline constexpr std::size_t kMostSeriesOfFamily = 1000;
inline constexpr std::size_t kMostBuckets = 24;
inline constexpr std::size_t kLongestName = 96;
inline constexpr std::size_t kLongestHelp = 160;
inline constexpr std::size_t kLongestLabelNames = 128;
inline constexpr std::size_t kLongestLabelValues = 224;

// All that makes a metric this one; another shape of the same name is another metric.
struct FamilyShape {
  std::string_view name;
  SeriesKind kind{};
  std::string_view help;
  std::string_view labels{};       // names with commas between them
  std::span<const double> ends{};  // of a histogram's buckets, without the infinite one
};

// One number. Of a histogram's series there are as many as it has buckets, with the infinite one,
// and one more for the sum.
struct CellKey {
  std::uint32_t family = 0;
  std::uint32_t part = 0;
  std::string_view labels{};  // values with zero bytes between them
};

struct SeriesMemory;  // series_memory.hpp

class Series final {
 public:
  [[nodiscard]] static Result<UniqueFd> create();
  // As Mapping::map().
  [[nodiscard]] static Result<Series> map(int memory);

  // The metric's number. kTooLarge for what has no room in a record, kOverloaded when all are used.
  [[nodiscard]] Result<std::uint32_t> declare(const FamilyShape& shape) const;
  // The cell that all processes share. nullopt: there is no room for it.
  [[nodiscard]] std::optional<std::uint32_t> cell(const CellKey& key) const;
  // A cell of the process's own, at zero, which nobody else writes to while the process lives.
  [[nodiscard]] std::optional<std::uint32_t> own_cell(const CellKey& key, pid_t process) const;

  // `cell`: from one of these two. Anything else does nothing.
  void add(std::uint32_t cell, double number) const;
  void set(std::uint32_t cell, double number) const;
  [[nodiscard]] double value(std::uint32_t cell) const;
  // A number was dropped since its series has no room.
  void count_dropped() const;

  [[nodiscard]] const SeriesMemory& memory() const;

 private:
  explicit Series(Mapping mapping) : mapping_(std::move(mapping)) {}
  [[nodiscard]] SeriesMemory& writable() const;

  Mapping mapping_;
};

}  // namespace warp::figures
