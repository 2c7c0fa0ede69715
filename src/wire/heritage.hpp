// All that a process of ours inherits across exec, and nothing else: these descriptors, 0
// (/dev/null), 1 and 2 (the error log).
#pragma once

#include <string_view>

namespace warp::wire {

// warp-supervisor, started by httpd's parent as `warp-supervisor GROUP`, with SIGUSR1 blocked: that
// is how it is told that httpd was restarted gracefully and its group has not changed. It sends
// SIGHUP to its workers then, which tell kScriptChanged if they have loaded other code.
struct SupervisorHeritage {
  static constexpr int kConfig = 3;          // sealed memfd: GroupConfig
  static constexpr int kScoreboard = 4;      // memfd: scoreboard/layout.hpp
  static constexpr int kControl = 5;         // listening Unix socket, or /dev/null without one
  static constexpr int kChronicle = 6;       // memfd: figures/chronicle.hpp
  static constexpr int kSeries = 7;          // memfd: figures/series.hpp
  static constexpr int kFirstConnector = 8;  // the worker's ends, one per slot in order
};

// warp-worker-X.Y, started by the supervisor as `warp-worker-X.Y GROUP SLOT`.
struct WorkerHeritage {
  static constexpr int kConfig = 3;
  static constexpr int kScoreboard = 4;
  static constexpr int kConnector = 5;  // the worker's end of its slot
  static constexpr int kStatus = 6;     // pipe to the supervisor: WorkerStatus bytes
  static constexpr int kCrash = 7;      // memfd that outlives the worker: Python stacks of a crash
  static constexpr int kSeries = 8;     // memfd: figures/series.hpp
};

// A worker program started as `warp-worker-X.Y GROUP template`: it imports the application and
// forks the workers of its generation, each with the descriptors of WorkerHeritage.
struct TemplateHeritage {
  static constexpr int kConfig = 3;
  static constexpr int kScoreboard = 4;
  static constexpr int kOrders = 5;  // SOCK_SEQPACKET: channel/fork_order.hpp
  static constexpr int kStatus = 6;
  static constexpr int kCrash = 7;
  static constexpr int kSeries = 8;
};
inline constexpr std::string_view kTemplateWord = "template";

// What a worker tells its supervisor: one of the first three once, the others at any time later.
enum class WorkerStatus : char {
  kReady = 'R',          // the application is imported; requests are taken
  kFailed = 'F',         // it can't be imported; requests are answered 500 until the next start
  kUnfitToFork = 'N',    // of a template: what the application has started would not survive a fork
  kOverdue = 'T',        // a request is beyond its time: another worker should take over
  kLimitReached = 'M',   // as many requests as it was to serve
  kScriptChanged = 'C',  // the application's code is no longer the one that was loaded
};

// Exit statuses with a meaning; any other than these, and every signal, is a crash.
inline constexpr int kExitStopped = 0;  // told to stop, or no child can send any more
inline constexpr int kExitDeadlocked =
    70;  // the interpreter's lock was not free for deadlock-timeout; the log has the stacks
inline constexpr int kExitFilesChanged =
    75;  // the application's files have changed: start anew at once
inline constexpr int kExitBadHeritage =
    78;  // heritage or configuration unusable: starting again can't help

}  // namespace warp::wire
