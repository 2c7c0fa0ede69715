#include "mod_warp/child/poison.hpp"

#include <chrono>

#include "mod_warp/child/error_page.hpp"
#include "mod_warp/pool.hpp"

namespace warp {

std::uint64_t Poison::fingerprint() {
  if (!fingerprint_)
    fingerprint_ = request_.group.ledger.fingerprint_of(
        {.host = text_or_empty(request_.httpd->hostname),
         .method = text_or_empty(request_.httpd->method),
         .target = text_or_empty(request_.httpd->unparsed_uri)});
  return *fingerprint_;
}

std::optional<int> Poison::refusal() {
  const Ledger& ledger = request_.group.ledger;
  if (ledger.is_without_poison(arrival_)) return std::nullopt;
  const auto refused = ledger.refused_for(fingerprint(), arrival_);
  if (!refused) return std::nullopt;
  request_.group.tally.count(core::TallyEvent::kPoison);
  return refuse(request_, ledger.poison_lines(), "the same request has killed two workers",
                *refused);
}

void Poison::note_death() {
  request_.group.ledger.note_death(fingerprint(), std::chrono::steady_clock::now());
}

void Poison::note_answer() {
  if (fingerprint_) request_.group.ledger.note_answer(*fingerprint_);
}

}  // namespace warp
