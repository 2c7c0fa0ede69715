#include "supervisor/post_mortem.hpp"

#include <sys/wait.h>

#include "base/signals.hpp"
#include "scoreboard/activity.hpp"

namespace warp::supervisor {
namespace {

std::string seconds_text(std::chrono::nanoseconds duration) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  const std::string fraction = std::to_string(1000 + milliseconds % 1000).substr(1);
  return std::to_string(milliseconds / 1000) + "." + fraction;
}

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
  if (death.was_out_of_memory)
    record += "\nthe kernel has killed a process of this control group for lack of memory";
  for (const auto& busy : scoreboard::busy_threads(board, death.slot)) {
    // Another worker gets it.
    if (busy.stage == scoreboard::Stage::kTaken) continue;
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

}  // namespace warp::supervisor
