#include "mod_warp/parent/kept_figures.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "mod_warp/apache.hpp"

namespace warp {
namespace {

// The number is this record's version: another build may have written it.
constexpr const char* kKey = "warp_figures_2";
constexpr std::size_t kLongestName = 64;

// Descriptors of shared memory.
struct Entry {
  std::array<char, kLongestName + 1> group;
  int tally;
  int chronicle;
  int series;
};

void close_all_of(const Entry& entry) {
  for (const int memory : {entry.tally, entry.chronicle, entry.series}) ::close(memory);
}

// Plain memory of httpd's, beyond this module. A group past its size begins at zero with each
// restart.
struct Retained {
  std::array<Entry, 256> entries;
  std::size_t count;
};

Retained& retained() {
  void* memory = ap_retained_data_get(kKey);
  if (memory == nullptr) memory = ap_retained_data_create(kKey, sizeof(Retained));
  return *static_cast<Retained*>(memory);
}

std::span<Entry> entries() { return {retained().entries.data(), retained().count}; }

// The group's own, since an entry may go before the group does.
Result<UniqueFd> copy_of(int descriptor) {
  UniqueFd copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (!copy) return fail_errno("copy a descriptor of figures");
  return copy;
}

Result<GroupFiguresMemory> take_up(int tally_memory, int chronicle_memory, int series_memory) {
  WARP_TRY(Tally tally, Tally::map(tally_memory));
  WARP_TRY(figures::Chronicle chronicle, figures::Chronicle::map(chronicle_memory));
  WARP_TRY(figures::Series series, figures::Series::map(series_memory));
  WARP_TRY(UniqueFd chronicle_copy, copy_of(chronicle_memory));
  WARP_TRY(UniqueFd series_copy, copy_of(series_memory));
  return GroupFiguresMemory{.tally = std::move(tally),
                            .chronicle = std::move(chronicle),
                            .series = std::move(series),
                            .chronicle_memory = std::move(chronicle_copy),
                            .series_memory = std::move(series_copy)};
}

template <typename Condition>
void drop_if(Condition&& condition) {
  const std::span<Entry> all = entries();
  const auto end = std::remove_if(all.begin(), all.end(), [&](const Entry& entry) {
    if (!condition(entry)) return false;
    close_all_of(entry);
    return true;
  });
  retained().count = static_cast<std::size_t>(end - all.begin());
}

void keep(const std::string& group, UniqueFd tally, UniqueFd chronicle, UniqueFd series) {
  Retained& all = retained();
  if (all.count == all.entries.size() || group.size() > kLongestName) return;
  Entry& entry = all.entries[all.count++];
  entry = Entry{.group = {},
                .tally = tally.release(),
                .chronicle = chronicle.release(),
                .series = series.release()};
  std::copy(group.begin(), group.end(), entry.group.begin());
}

}  // namespace

Result<GroupFiguresMemory> figures_for(const std::string& group) {
  for (const Entry& entry : entries()) {
    if (group != entry.group.data()) continue;
    auto kept = take_up(entry.tally, entry.chronicle, entry.series);
    // Only those of another build begin anew; processes that go on count in what is there.
    if (kept || kept.error().code != Errc::kProtocol) return kept;
  }
  drop_if([&](const Entry& entry) { return group == entry.group.data(); });
  WARP_TRY(UniqueFd tally, Tally::create());
  WARP_TRY(UniqueFd chronicle, figures::Chronicle::create());
  WARP_TRY(UniqueFd series, figures::Series::create());
  auto made = take_up(tally.get(), chronicle.get(), series.get());
  if (made) keep(group, std::move(tally), std::move(chronicle), std::move(series));
  return made;
}

void forget_other_figures(const std::vector<std::string>& groups) {
  drop_if([&](const Entry& entry) {
    return std::find(groups.begin(), groups.end(), entry.group.data()) == groups.end();
  });
}

void close_kept_figures() {
  for (const Entry& entry : entries()) close_all_of(entry);
}

}  // namespace warp
