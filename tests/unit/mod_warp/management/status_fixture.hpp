// The status of a group in memory, with what pages have to show of it.
#pragma once

#include "mod_warp/management/status.hpp"
#include "unit/mod_warp/management/group_fixture.hpp"

namespace warp::management {

inline constexpr std::uint64_t kNowUs = 1'764'190'000'000'000;  // 2025-11-26 20:46:40

inline ServerStatus server_with(const Group& group) {
  ServerStatus status{.host = "example.org",
                      .software = "Apache/2.4",
                      .time_us = kNowUs,
                      .is_ending = false,
                      .groups = {}};
  status.groups.push_back(status_of(group.managed(), kNow, kNowUs));
  return status;
}

// A worker of two threads, one of which has had `path` for two seconds.
inline void serve(const Group& group, std::string_view path) {
  group.set_state(0, scoreboard::SlotState::kReady);
  scoreboard::SlotRecord& record = group.board.slot(0);
  record.pid = 4711;
  record.generation = 3;
  record.requests_served = 12'345;
  record.state_since_us = kNowUs - 200'000'000;
  scoreboard::Recorder recorder(group.board, 0, 1);
  recorder.begin(77, "GET", path);
  recorder.application_called();
  group.board.thread(0, 1).started_us = scoreboard::now_us() - 2'500'000;
}

inline void lose_worker(const Group& group, std::string_view path) {
  scoreboard::note_death(group.board, {.at_us = kNowUs - 60'000'000,
                                       .slot = 1,
                                       .pid = 4710,
                                       .generation = 2,
                                       .uptime = std::chrono::seconds(90),
                                       .requests = 9,
                                       .how = "SIGSEGV",
                                       .cause = "because",
                                       .lost = {{.method = "PUT",
                                                 .path = std::string(path),
                                                 .stage = scoreboard::Stage::kApplication,
                                                 .age = std::chrono::seconds(1)}},
                                       .lost_requests = 1,
                                       .last_words = "Fatal Python error\n  File \"<x>\"\n"});
}

inline void finish_slowly(const Group& group, std::string_view path) {
  group.ledger.note_slow({.ended_at = kNow - std::chrono::seconds(5),
                          .total = std::chrono::milliseconds(1500),
                          .queue = std::chrono::milliseconds(200),
                          .application = std::chrono::milliseconds(1250),
                          .slot = 2,
                          .status = 404,
                          .method = "GET",
                          .path = std::string(path),
                          .id = "abc-1"},
                         kNow);
}

}  // namespace warp::management
