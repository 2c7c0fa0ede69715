#include "figures/series.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill() is not in <csignal>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <new>

#include "figures/series_memory.hpp"

namespace warp::figures {
namespace {

// As many processes may have a gauge of their own at a time; old and new generations side by side.
constexpr std::uint32_t kMostTurns = 1024;

std::uint64_t now_us() {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count());
}

template <std::size_t Size>
void copy_text(std::array<char, Size>& field, std::string_view text) {
  std::copy_n(text.begin(), std::min(Size, text.size()), field.begin());
}

template <std::size_t Size>
bool holds(const std::array<char, Size>& field, std::string_view text) {
  return text.size() <= Size && std::equal(text.begin(), text.end(), field.begin()) &&
         (text.size() == Size || field[text.size()] == '\0');
}

bool has_room_for(const FamilyShape& shape) {
  return shape.name.size() <= kLongestName && shape.help.size() <= kLongestHelp &&
         shape.labels.size() <= kLongestLabelNames && shape.ends.size() <= kMostBuckets;
}

bool is_of(const FamilyRecord& record, const FamilyShape& shape) {
  return record.state.load(std::memory_order_acquire) == RecordState::kComplete &&
         record.kind == shape.kind && record.end_count == shape.ends.size() &&
         holds(record.name, shape.name) && holds(record.help, shape.help) &&
         holds(record.labels, shape.labels) &&
         std::equal(shape.ends.begin(), shape.ends.end(), record.ends.begin());
}

void write_family(FamilyRecord& record, const FamilyShape& shape) {
  record.kind = shape.kind;
  record.end_count = static_cast<std::uint32_t>(shape.ends.size());
  copy_text(record.name, shape.name);
  copy_text(record.help, shape.help);
  copy_text(record.labels, shape.labels);
  std::copy(shape.ends.begin(), shape.ends.end(), record.ends.begin());
  record.declared_us.store(now_us(), std::memory_order_relaxed);
  record.state.store(RecordState::kComplete, std::memory_order_release);
}

// The next free one of records that are given out one after another; nullopt when there is none.
std::optional<std::uint32_t> take_next(std::atomic<std::uint32_t>& used, std::size_t most) {
  std::uint32_t next = used.load(std::memory_order_relaxed);
  while (next < most)
    if (used.compare_exchange_weak(next, next + 1, std::memory_order_relaxed)) return next;
  return std::nullopt;
}

// FNV-1a.
std::uint64_t hash_of(const CellKey& key, std::uint32_t turn) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto mix = [&](std::uint64_t byte) { hash = (hash ^ byte) * 0x100000001b3U; };
  for (const std::uint32_t number : {key.family, key.part, turn}) mix(number);
  for (const char c : key.labels) mix(static_cast<unsigned char>(c));
  return hash;
}

bool is_of(const CellRecord& record, const CellKey& key, std::uint32_t turn) {
  return record.family == key.family && record.part == key.part && record.turn == turn &&
         record.size == key.labels.size() &&
         std::equal(key.labels.begin(), key.labels.end(), record.labels.begin());
}

// A series is counted once, whatever it consists of.
bool may_begin_series(FamilyRecord& family, const CellKey& key, std::uint32_t turn) {
  if (key.part != 0 || turn != 0) return true;
  return take_next(family.series, kMostSeriesOfFamily).has_value();
}

std::optional<std::uint32_t> make_cell(SeriesMemory& memory, const CellKey& key,
                                       std::uint32_t turn) {
  if (!may_begin_series(memory.families[key.family], key, turn)) return std::nullopt;
  const auto number = take_next(memory.cells_used, kMostCells);
  if (!number) return std::nullopt;
  CellRecord& record = memory.cells[*number];
  record.family = key.family;
  record.part = key.part;
  record.turn = turn;
  record.size = static_cast<std::uint32_t>(key.labels.size());
  copy_text(record.labels, key.labels);
  return number;
}

std::optional<std::uint32_t> find_or_make(SeriesMemory& memory, const CellKey& key,
                                          std::uint32_t turn) {
  if (key.family >= kMostFamilies || key.labels.size() > kLongestLabelValues) return std::nullopt;
  std::optional<std::uint32_t> made;
  const std::uint64_t hash = hash_of(key, turn);
  for (std::size_t step = 0; step < kPlacesOfIndex; ++step) {
    std::atomic<std::uint32_t>& place = memory.index[(hash + step) % kPlacesOfIndex];
    std::uint32_t found = place.load(std::memory_order_acquire);
    if (found == 0) {
      if (!made) made = make_cell(memory, key, turn);
      if (!made) return std::nullopt;
      if (place.compare_exchange_strong(found, *made + 1, std::memory_order_acq_rel)) {
        memory.cells[*made].state.store(RecordState::kComplete, std::memory_order_release);
        return made;
      }
    }
    // Another process was faster, perhaps with the same one: then the cell that was made for it
    // stays unused.
    if (found > kMostCells || !is_of(memory.cells[found - 1], key, turn)) continue;
    // Who has made it may have died before it could say so.
    memory.cells[found - 1].state.store(RecordState::kComplete, std::memory_order_release);
    return found - 1;
  }
  return std::nullopt;
}

bool is_alive(pid_t process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

// The one that has it is dead, or was a process of the same number.
bool take_over(CellRecord& record, pid_t process) {
  std::int32_t owner = record.owner.load(std::memory_order_acquire);
  if (owner != 0 && owner != process && is_alive(owner)) return false;
  if (!record.owner.compare_exchange_strong(owner, process, std::memory_order_acq_rel))
    return false;
  record.value.store(0, std::memory_order_release);
  return true;
}

}  // namespace

Result<UniqueFd> Series::create() { return create_memory("warp-series", sizeof(SeriesMemory)); }

Result<Series> Series::map(int memory) {
  WARP_TRY(Mapping mapping, Mapping::map(memory, sizeof(SeriesMemory)));
  return Series(std::move(mapping));
}

SeriesMemory& Series::writable() const {
  return *std::launder(static_cast<SeriesMemory*>(mapping_.address()));
}

const SeriesMemory& Series::memory() const { return writable(); }

Result<std::uint32_t> Series::declare(const FamilyShape& shape) const {
  if (!has_room_for(shape))
    return fail(Errc::kTooLarge, "the name of a metric may have " + std::to_string(kLongestName) +
                                     " bytes, its documentation " + std::to_string(kLongestHelp) +
                                     ", its labels' names together " +
                                     std::to_string(kLongestLabelNames) + ", and a histogram " +
                                     std::to_string(kMostBuckets) + " buckets");
  SeriesMemory& all = writable();
  for (std::uint32_t i = 0; i < all.families.size(); ++i)
    if (is_of(all.families[i], shape)) {
      all.families[i].declared_us.store(now_us(), std::memory_order_relaxed);
      return i;
    }
  // Two processes may do so at the same time: the page adds up what has one shape.
  const auto number = take_next(all.families_used, kMostFamilies);
  if (!number)
    return fail(Errc::kOverloaded, "a process group can have " + std::to_string(kMostFamilies) +
                                       " metrics, also counting earlier versions of changed ones; "
                                       "a stop and start of the server begins anew");
  write_family(all.families[*number], shape);
  return *number;
}

std::optional<std::uint32_t> Series::cell(const CellKey& key) const {
  return find_or_make(writable(), key, 0);
}

std::optional<std::uint32_t> Series::own_cell(const CellKey& key, pid_t process) const {
  SeriesMemory& all = writable();
  for (std::uint32_t turn = 0; turn < kMostTurns; ++turn) {
    const auto found = find_or_make(all, key, turn);
    if (!found) return std::nullopt;
    if (take_over(all.cells[*found], process)) return found;
  }
  return std::nullopt;
}

void Series::add(std::uint32_t cell, double number) const {
  if (cell >= kMostCells) return;
  // One of these would stay for as long as the memory does.
  if (!std::isfinite(number)) return count_dropped();
  std::atomic<std::uint64_t>& value = writable().cells[cell].value;
  std::uint64_t before = value.load(std::memory_order_relaxed);
  while (!value.compare_exchange_weak(
      before, std::bit_cast<std::uint64_t>(std::bit_cast<double>(before) + number),
      std::memory_order_relaxed)) {
  }
}

void Series::set(std::uint32_t cell, double number) const {
  if (cell >= kMostCells) return;
  writable().cells[cell].value.store(std::bit_cast<std::uint64_t>(number),
                                     std::memory_order_relaxed);
}

double Series::value(std::uint32_t cell) const {
  if (cell >= kMostCells) return 0;
  return std::bit_cast<double>(memory().cells[cell].value.load(std::memory_order_relaxed));
}

void Series::count_dropped() const { writable().dropped.fetch_add(1, std::memory_order_relaxed); }

}  // namespace warp::figures
