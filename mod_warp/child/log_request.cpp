#include "mod_warp/child/log_request.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "mod_warp/child/child.hpp"
#include "mod_warp/child/match.hpp"
#include "mod_warp/child/trouble.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

struct Logged {
  const Journey* journey = nullptr;  // of the first request that came to an application
  request_rec* last = nullptr;
};

Logged follow_redirects(request_rec* first) {
  Logged logged{.journey = nullptr, .last = first};
  for (request_rec* each = first; each != nullptr; each = each->next) {
    logged.last = each;
    const Journey* const journey = journey_of(each);
    if (logged.journey == nullptr && journey != nullptr && journey->group() != nullptr)
      logged.journey = journey;
  }
  return logged;
}

void leave_note(const request_rec* request, const char* name, std::uint64_t number) {
  std::array<char, 24> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
  apr_table_setn(
      request->notes, name,
      pool_text(request->pool, {text.data(), static_cast<std::size_t>(end.ptr - text.data())}));
}

std::uint64_t count_of(std::chrono::microseconds time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.count()));
}

void leave_notes(const request_rec* request, const Journey& journey) {
  leave_note(request, "warp-queue-time", count_of(journey.spent(Phase::kQueue)));
  if (const auto slot = journey.slot()) {
    leave_note(request, "warp-application-time", count_of(journey.spent(Phase::kWorker)));
    leave_note(request, "warp-worker", *slot);
  }
  leave_note(request, "warp-attempt", journey.attempt);
  apr_table_setn(request->notes, "warp-request-id", pool_text(request->pool, journey.id));
}

// For the status page. The path as the client has written it, without its query, which may hold
// secrets.
void note_if_slow(const Ledger& ledger, const FinishedRequest& finished, const request_rec* first,
                  const request_rec* last, const Journey& journey) {
  const auto now = std::chrono::steady_clock::now();
  if (!ledger.is_among_slowest(finished.total, now)) return;
  const std::string_view target = text_or_empty(first->unparsed_uri);
  ledger.note_slow({.ended_at = now,
                    .total = finished.total,
                    .queue = finished.queue,
                    .application = finished.application.value_or(std::chrono::microseconds(0)),
                    .slot = journey.slot(),
                    .status = last->status,
                    .method = std::string(text_or_empty(first->method)),
                    .path = std::string(target.substr(0, target.find('?'))),
                    .id = std::string(journey.id)},
                   now);
}

}  // namespace

void note_request(request_rec* first) {
  Child* const child = config_of(first->server).installation->child;
  const auto [journey, last] = follow_redirects(first);
  if (journey == nullptr || child == nullptr) return;
  leave_notes(last, *journey);
  FinishedRequest finished{
      .method = core::class_of_method(text_or_empty(first->method)),
      .status = core::class_of_status(last->status),
      .response_bytes = static_cast<std::uint64_t>(std::max<apr_off_t>(0, last->bytes_sent)),
      .total = std::chrono::microseconds(apr_time_now() - first->request_time),
      .queue = journey->spent(Phase::kQueue),
      .application = {}};
  if (journey->slot()) finished.application = journey->spent(Phase::kWorker);
  const ChildGroup& group = child->group(*journey->group());
  const Tally& tally = group.tally;
  tally.count(finished);
  note_if_slow(group.ledger, finished, first, last, *journey);
  if (first->connection->aborted != 0 || last->status == kClientClosedRequest)
    tally.count(core::TallyEvent::kClientGone);
}

}  // namespace warp
