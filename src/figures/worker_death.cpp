#include "figures/worker_death.hpp"

#include <array>

namespace warp::figures {

std::string_view text_of(WorkerDeath death) {
  static constexpr std::array<std::string_view, kWorkerDeaths> kTexts = {
      "exit",         "signal",           "out-of-memory", "deadlock", "startup-timeout",
      "stop-timeout", "memory-hard-limit"};
  return kTexts[static_cast<std::size_t>(death)];
}

}  // namespace warp::figures
