// All that a process of ours inherits across exec, and nothing else: these descriptors, 0
// (/dev/null), 1 and 2 (the error log).
#pragma once

namespace warp::wire {

// warp-supervisor, started by httpd's parent as `warp-supervisor GROUP`.
struct SupervisorHeritage {
  static constexpr int kConfig = 3;          // sealed memfd: GroupConfig
  static constexpr int kScoreboard = 4;      // memfd: scoreboard/layout.hpp
  static constexpr int kFirstConnector = 5;  // the worker's ends, one per slot in order
};

// warp-worker-X.Y, started by the supervisor as `warp-worker-X.Y GROUP SLOT`.
struct WorkerHeritage {
  static constexpr int kConfig = 3;
  static constexpr int kScoreboard = 4;
  static constexpr int kConnector = 5;  // the worker's end of its slot
  static constexpr int kStatus = 6;     // pipe to the supervisor: WorkerStatus bytes
  static constexpr int kCrash = 7;      // memfd that outlives the worker: Python stacks of a crash
};

// What a worker tells its supervisor: one of the first two at its start, then each of the others at
// most once. It goes on serving until it is told to stop.
enum class WorkerStatus : char {
  kReady = 'R',          // the application is imported; requests are taken
  kFailed = 'F',         // it can't be imported; requests are answered 500 until the next start
  kOverdue = 'T',        // a request exceeds its time and holds a thread: replace this worker
  kLimitReached = 'M',   // it has served its maximum-requests
  kScriptChanged = 'C',  // the application's script is another one; the worker leaves by itself
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
