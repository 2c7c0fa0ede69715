#include "supervisor/post_mortem.hpp"

#include <sys/wait.h>

#include "base/signals.hpp"
#include "scoreboard/activity.hpp"
#include "scoreboard/deaths.hpp"

namespace warp::supervisor {
namespace {

std::string seconds_text(std::chrono::nanoseconds duration) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  const std::string fraction = std::to_string(1000 + milliseconds % 1000).substr(1);
  return std::to_string(milliseconds / 1000) + "." + fraction;
}

// Those that no other worker gets.
std::vector<scoreboard::BusyThread> lost_with(const Death& death,
                                              const scoreboard::Scoreboard& board) {
  auto busy = scoreboard::busy_threads(board, death.slot);
  std::erase_if(busy, [](const auto& each) { return each.stage == scoreboard::Stage::kTaken; });
  return busy;
}

constexpr const char* kOutOfMemory =
    "the kernel has killed a process of this control group for lack of memory";

}  // namespace

std::string how_it_ended(int wait_status) {
  if (WIFEXITED(wait_status)) return "exit status " + std::to_string(WEXITSTATUS(wait_status));
  return signal_name(WTERMSIG(wait_status)) + (WCOREDUMP(wait_status) ? " with a core dump" : "");
}

void log_death(LogLevel level, const Death& death, const scoreboard::Scoreboard& board) {
  std::string record = log_message("worker exited", {{"group", death.group},
                                                     {"slot", death.slot},
                                                     {"pid", death.pid},
                                                     {"how", how_it_ended(death.wait_status)},
                                                     {"generation", death.generation},
                                                     {"uptime", seconds_text(death.uptime)},
                                                     {"requests", death.requests}});
  if (death.was_out_of_memory) record += std::string("\n") + kOutOfMemory;
  for (const auto& busy : lost_with(death, board)) {
    record += '\n' + log_message("request lost with its worker",
                                 {{"group", death.group},
                                  {"slot", death.slot},
                                  {"thread", busy.thread},
                                  {"method", busy.method},
                                  {"path", busy.path},
                                  {"stage", scoreboard::stage_text(busy.stage)},
                                  {"seconds", seconds_text(busy.age)}});
  }
  if (!death.last_words.empty()) record += '\n' + death.last_words;
  log_lines(level, record);
}

void note_death(const Death& death, const scoreboard::Scoreboard& board) {
  using std::chrono::microseconds;
  const auto lost = lost_with(death, board);
  scoreboard::DeadWorker dead{
      .at_us = scoreboard::now_us(),
      .slot = death.slot,
      .pid = death.pid,
      .generation = death.generation,
      .uptime = std::chrono::duration_cast<microseconds>(death.uptime),
      .requests = death.requests,
      .how = how_it_ended(death.wait_status),
      .cause = death.was_out_of_memory ? kOutOfMemory : death.killed_because,
      .lost_requests = static_cast<std::uint32_t>(lost.size()),
      .last_words = death.last_words};
  for (const auto& busy : lost)
    dead.lost.push_back(
        {.method = busy.method, .path = busy.path, .stage = busy.stage, .age = busy.age});
  scoreboard::note_death(board, dead);
}

}  // namespace warp::supervisor
