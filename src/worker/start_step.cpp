#include "worker/start_step.hpp"

namespace warp::worker {

std::string_view step_text(StartStep step) {
  switch (step) {
    case StartStep::kInheritance:
      return "taking over what the supervisor has left";
    case StartStep::kLog:
      return "starting the log";
    case StartStep::kSettings:
      return "applying the group's settings to the process";
    case StartStep::kListener:
      return "listening for channels";
    case StartStep::kApplication:
      return "loading the application";
    case StartStep::kSignals:
      return "taking signals";
    case StartStep::kWatchdog:
      return "starting the watchdog";
  }
  return "starting";
}

}  // namespace warp::worker
