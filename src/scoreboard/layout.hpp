// The shared memory of one process group. httpd's parent makes it; its children, the supervisor and
// the workers map it. A worker can write anything here at any time: readers bound what they read
// and decide nothing on it that must be right.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace warp::scoreboard {

inline constexpr std::uint32_t kMagic = 0x57525042;  // "WRPB"
inline constexpr std::uint32_t kLayoutVersion = 6;
inline constexpr std::size_t kCacheLine = 64;

enum class SlotState : std::uint32_t {
  kEmpty = 0,     // no supervisor has said anything yet
  kStarting = 1,  // running, the application is being imported
  kReady = 2,     // takes requests
  kFailed = 3,    // the application can't be imported: takes requests and answers 500
  kBackoff = 4,   // the last worker died; the next one waits for its time
  kDraining = 5,  // finishes what it has
  kStandby = 6,   // gets ready, or is, beside those that serve: not to be used yet
  kSpare = 7,     // no worker, and none is to come: there are more slots than workers
};

enum class Stage : std::uint32_t {
  kIdle = 0,
  kTaken = 1,        // a thread has the request and waits for the interpreter's lock
  kApplication = 2,  // the application was called
  kResponse = 3,     // the head of the response has been sent
  kCrashed = 4,      // the worker died by what this thread did
};

// A request that a thread has had, for httpd's child, which may look when the thread has long taken
// up the next one.
struct TakenUp {
  std::atomic<std::uint64_t> request_id;
  std::atomic<std::uint64_t> at_us;
};
inline constexpr std::size_t kTakenUp = 4;

// Written by one worker thread. Outlives the worker: after a crash it tells what the thread was
// doing.
struct alignas(kCacheLine) ThreadRecord {
  std::atomic<std::uint64_t> request_id;  // 0: idle since the worker started
  std::atomic<std::uint64_t> called_id;   // the last request that the application was called for
  std::atomic<std::uint64_t> started_us;  // microseconds since 1970
  // Nanoseconds of CLOCK_MONOTONIC; 0: there is no request, or the other side has its turn.
  std::atomic<std::int64_t> silent_since;
  // For the interpreter's lock, to begin requests with: by all threads that have had this place.
  std::atomic<std::uint64_t> lock_wait_ns;
  std::atomic<std::uint64_t> lock_takings;
  std::atomic<Stage> stage;
  std::array<char, 12> method;             // zero-padded, not necessarily terminated
  std::array<char, 80> uri;                // start of the path, without query; the same
  std::array<TakenUp, kTakenUp> taken_up;  // the last ones, in turns
};

static_assert(sizeof(ThreadRecord) == 4 * kCacheLine);

struct alignas(kCacheLine) SlotRecord {
  std::atomic<SlotState> state;
  std::atomic<std::uint32_t> incarnation;  // counts the workers that this slot has had
  std::atomic<std::int32_t> pid;
  std::atomic<std::uint32_t> busy_threads;
  std::atomic<std::uint32_t> generation;  // of the application's code; counts from 1
  std::atomic<std::uint64_t> requests_served;
  std::atomic<std::uint64_t> state_since_us;
  // Of the worker, as the supervisor has seen it; 0: not yet.
  std::atomic<std::uint64_t> resident_bytes;
  std::atomic<std::uint64_t> proportional_bytes;  // shared pages divided among who has them
};

struct Header {
  std::uint32_t magic;
  std::uint32_t version;
  std::uint32_t slots;
  std::uint32_t threads;  // per slot
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
              std::atomic<SlotState>::is_always_lock_free);

}  // namespace warp::scoreboard
