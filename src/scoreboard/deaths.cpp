#include "scoreboard/deaths.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>

#include "scoreboard/request_trace.hpp"

namespace warp::scoreboard {
namespace {

void copy_text(std::span<char> field, std::string_view text) {
  text.copy(field.data(), field.size());
}

// As recorded_text(), with its ends of lines.
std::string recorded_lines(std::span<const char> field) {
  std::string lines;
  for (const char c : field) {
    if (c == '\0') break;
    const bool is_readable = c == '\n' || (c >= 0x20 && c < 0x7f);
    lines += is_readable ? c : '?';
  }
  return lines;
}

std::uint64_t count_of(std::chrono::microseconds duration) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, duration.count()));
}

std::chrono::microseconds bounded(std::uint64_t microseconds) {
  return std::chrono::microseconds(std::min(microseconds, kLongestAge));
}

DeathFacts facts_of(const DeadWorker& dead) {
  DeathFacts facts{};
  facts.at_us = dead.at_us;
  facts.uptime_us = count_of(dead.uptime);
  facts.requests = dead.requests;
  facts.pid = dead.pid;
  facts.slot = dead.slot;
  facts.generation = dead.generation;
  facts.lost_requests = dead.lost_requests;
  for (std::size_t i = 0; i < std::min(dead.lost.size(), kLostRequests); ++i) {
    facts.lost[i].age_us = count_of(dead.lost[i].age);
    facts.lost[i].stage = dead.lost[i].stage;
    copy_text(facts.lost[i].method, dead.lost[i].method);
    copy_text(facts.lost[i].path, dead.lost[i].path);
  }
  copy_text(facts.how, dead.how);
  copy_text(facts.cause, dead.cause);
  copy_text(facts.last_words, dead.last_words);
  return facts;
}

DeadWorker dead_worker(const DeathFacts& facts, const Dimensions& dimensions) {
  DeadWorker dead{.at_us = std::min(facts.at_us, now_us()),
                  .slot = std::min(facts.slot, dimensions.slots - 1),
                  .pid = std::max(0, facts.pid),
                  .generation = facts.generation,
                  .uptime = bounded(facts.uptime_us),
                  .requests = facts.requests,
                  .how = recorded_text(facts.how),
                  .cause = recorded_text(facts.cause),
                  .lost_requests = std::min(facts.lost_requests, dimensions.threads),
                  .last_words = recorded_lines(facts.last_words)};
  for (const LostRequestFacts& lost : facts.lost)
    if (dead.lost.size() < dead.lost_requests)
      dead.lost.push_back({.method = recorded_text(lost.method),
                           .path = recorded_text(lost.path),
                           .stage = lost.stage,
                           .age = bounded(lost.age_us)});
  return dead;
}

// Nothing when there is none, or it is just being replaced.
std::optional<DeathFacts> read(DeathRecord& record) {
  const std::uint64_t number = record.number.load(std::memory_order_acquire);
  if (number == 0) return std::nullopt;
  DeathFacts facts;
  std::memcpy(&facts, &record.facts, sizeof facts);
  // A change of nothing, behind which the copy can't be; ThreadSanitizer does not know fences.
  if (record.number.fetch_add(0, std::memory_order_acq_rel) != number) return std::nullopt;
  return facts;
}

}  // namespace

void note_death(const Scoreboard& board, const DeadWorker& dead) {
  std::size_t oldest = 0;
  std::uint64_t last = 0;
  for (std::size_t index = 0; index < kDeaths; ++index) {
    const std::uint64_t number = board.death(index).number.load(std::memory_order_relaxed);
    if (number < board.death(oldest).number.load(std::memory_order_relaxed)) oldest = index;
    last = std::max(last, number);
  }
  DeathRecord& record = board.death(oldest);
  // An exchange, before which what follows can't be.
  record.number.exchange(0, std::memory_order_acq_rel);
  record.facts = facts_of(dead);
  // A worker may have written the highest number that there is.
  record.number.store(std::max<std::uint64_t>(1, last + 1), std::memory_order_release);
}

std::vector<DeadWorker> last_deaths(const Scoreboard& board) {
  std::vector<DeadWorker> deaths;
  for (std::size_t index = 0; index < kDeaths; ++index)
    if (const auto facts = read(board.death(index)))
      deaths.push_back(dead_worker(*facts, board.dimensions()));
  std::stable_sort(deaths.begin(), deaths.end(),
                   [](const DeadWorker& a, const DeadWorker& b) { return a.at_us > b.at_us; });
  return deaths;
}

}  // namespace warp::scoreboard
