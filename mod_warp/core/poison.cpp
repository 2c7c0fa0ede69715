#include "mod_warp/core/poison.hpp"

#include <algorithm>
#include <limits>

namespace warp::core {
namespace {

constexpr std::uint32_t kDeathsOfPoison = 2;
constexpr std::int64_t kMemoryNanoseconds = std::chrono::nanoseconds(PoisonTable::kMemory).count();

// FNV-1a.
void mix(std::uint64_t& hash, std::string_view text) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  // No character of a request: "a" + "bc" is not "ab" + "c".
  hash = (hash ^ 0U) * kPrime;
}

}  // namespace

std::uint64_t fingerprint(std::uint64_t seed, const RequestIdentity& identity) {
  std::uint64_t hash = seed;
  mix(hash, identity.host);
  mix(hash, identity.method);
  mix(hash, identity.target);
  return std::max<std::uint64_t>(hash, 1);
}

void PoisonTable::note_death(std::uint64_t fingerprint, TimePoint now) {
  const std::int64_t at = now.time_since_epoch().count();
  auto entry = std::find_if(entries_.begin(), entries_.end(),
                            [&](const Entry& each) { return each.fingerprint == fingerprint; });
  const bool is_known = entry != entries_.end() && at - entry->last_death <= kMemoryNanoseconds;
  if (entry == entries_.end())
    entry = std::min_element(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
      return a.last_death < b.last_death;
    });
  const std::uint32_t before =
      is_known ? std::min(entry->deaths, std::numeric_limits<std::uint32_t>::max() - 1) : 0;
  *entry = {.fingerprint = fingerprint, .last_death = at, .deaths = before + 1};
}

void PoisonTable::note_answer(std::uint64_t fingerprint) {
  for (Entry& entry : entries_)
    if (entry.fingerprint == fingerprint) entry = {};
}

std::optional<std::chrono::seconds> PoisonTable::refused_for(std::uint64_t fingerprint,
                                                             TimePoint now) const {
  const std::int64_t at = now.time_since_epoch().count();
  for (const Entry& entry : entries_) {
    if (entry.fingerprint != fingerprint || entry.deaths < kDeathsOfPoison) continue;
    const std::int64_t left = entry.last_death + kMemoryNanoseconds - at;
    if (left <= 0) continue;
    return std::chrono::ceil<std::chrono::seconds>(std::chrono::nanoseconds(left));
  }
  return std::nullopt;
}

}  // namespace warp::core
