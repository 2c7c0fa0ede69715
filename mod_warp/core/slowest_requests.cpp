#include "mod_warp/core/slowest_requests.hpp"

#include <algorithm>
#include <span>

namespace warp::core {
namespace {

constexpr std::int64_t kMemoryNs = std::chrono::nanoseconds(SlowestRequests::kMemory).count();

std::int64_t nanoseconds_of(SlowestRequests::TimePoint time) {
  return std::chrono::nanoseconds(time.time_since_epoch()).count();
}

void copy_text(std::span<char> field, std::string_view text) {
  std::fill(field.begin(), field.end(), '\0');
  text.copy(field.data(), field.size());
}

// Clients have chosen it.
std::string text_of(std::span<const char> field) {
  std::string text;
  for (const char c : field) {
    if (c == '\0') break;
    text += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return text;
}

}  // namespace

bool SlowestRequests::Entry::is_forgotten(TimePoint now) const {
  return ended_at == 0 || nanoseconds_of(now) - ended_at >= kMemoryNs;
}

bool SlowestRequests::is_among(std::chrono::microseconds total, TimePoint now) const {
  return nanoseconds_of(now) >= floor_until_.load(std::memory_order_relaxed) ||
         total.count() > floor_.load(std::memory_order_relaxed);
}

void SlowestRequests::note(const SlowRequest& request, TimePoint now) {
  Entry& place =
      *std::min_element(entries_.begin(), entries_.end(), [&](const auto& a, const auto& b) {
        const bool is_free = a.is_forgotten(now);
        return is_free != b.is_forgotten(now) ? is_free : a.total < b.total;
      });
  if (place.is_forgotten(now) || place.total < request.total.count()) {
    place = Entry{.ended_at = nanoseconds_of(request.ended_at),
                  .total = request.total.count(),
                  .queue = request.queue.count(),
                  .application = request.application.count(),
                  .slot = request.slot.value_or(kNoSlot),
                  .status = request.status,
                  .method = {},
                  .path = {},
                  .id = {}};
    copy_text(place.method, request.method);
    copy_text(place.path, request.path);
    copy_text(place.id, request.id);
  }
  set_floor(now);
}

void SlowestRequests::set_floor(TimePoint now) {
  std::int64_t fastest = INT64_MAX;
  std::int64_t oldest = INT64_MAX;
  for (const Entry& entry : entries_) {
    fastest = std::min(fastest, entry.is_forgotten(now) ? -1 : entry.total);
    oldest = std::min(oldest, entry.ended_at);
  }
  floor_.store(fastest, std::memory_order_relaxed);
  floor_until_.store(oldest + kMemoryNs, std::memory_order_relaxed);
}

std::vector<SlowRequest> SlowestRequests::list(TimePoint now) const {
  std::vector<SlowRequest> requests;
  for (const Entry& entry : entries_) {
    if (entry.is_forgotten(now)) continue;
    requests.push_back({.ended_at = TimePoint(std::chrono::nanoseconds(entry.ended_at)),
                        .total = std::chrono::microseconds(entry.total),
                        .queue = std::chrono::microseconds(entry.queue),
                        .application = std::chrono::microseconds(entry.application),
                        .slot = entry.slot == kNoSlot ? std::nullopt : std::optional(entry.slot),
                        .status = entry.status,
                        .method = text_of(entry.method),
                        .path = text_of(entry.path),
                        .id = text_of(entry.id)});
  }
  std::stable_sort(requests.begin(), requests.end(),
                   [](const SlowRequest& a, const SlowRequest& b) { return a.total > b.total; });
  return requests;
}

}  // namespace warp::core
