#include "mod_warp/parent/kept_tallies.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "mod_warp/apache.hpp"

namespace warp {
namespace {

// The number is this record's version: another build may have written it.
constexpr const char* kKey = "warp_tallies_1";
constexpr std::size_t kLongestName = 64;

struct Entry {
  std::array<char, kLongestName + 1> group;
  int memory;
};

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

void keep(const std::string& group, UniqueFd memory) {
  Retained& all = retained();
  if (all.count == all.entries.size() || group.size() > kLongestName) return;
  Entry& entry = all.entries[all.count++];
  entry = Entry{.group = {}, .memory = memory.release()};
  std::copy(group.begin(), group.end(), entry.group.begin());
}

template <typename Condition>
void drop_if(Condition&& condition) {
  const std::span<Entry> all = entries();
  const auto end = std::remove_if(all.begin(), all.end(), [&](const Entry& entry) {
    if (!condition(entry)) return false;
    ::close(entry.memory);
    return true;
  });
  retained().count = static_cast<std::size_t>(end - all.begin());
}

}  // namespace

Result<Tally> tally_for(const std::string& group) {
  for (const Entry& entry : entries()) {
    if (group != entry.group.data()) continue;
    if (auto kept = Tally::map(entry.memory)) return kept;
  }
  drop_if([&](const Entry& entry) { return group == entry.group.data(); });
  WARP_TRY(UniqueFd memory, Tally::create());
  auto made = Tally::map(memory.get());
  if (made) keep(group, std::move(memory));
  return made;
}

void forget_other_tallies(const std::vector<std::string>& groups) {
  drop_if([&](const Entry& entry) {
    return std::find(groups.begin(), groups.end(), entry.group.data()) == groups.end();
  });
}

void close_tallies() {
  for (const Entry& entry : entries()) ::close(entry.memory);
}

}  // namespace warp
