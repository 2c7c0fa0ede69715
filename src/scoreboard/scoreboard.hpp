// A mapping of a group's shared memory, with its dimensions checked once and kept outside it.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "scoreboard/death_record.hpp"
#include "scoreboard/layout.hpp"

namespace warp::scoreboard {

struct Dimensions {
  std::uint32_t slots = 1;    // workers, at most 1024
  std::uint32_t threads = 1;  // per worker, at most 1024
};

// A zeroed memfd of the right size, CLOEXEC, sealed against a change of size: a mapping can't be
// made to fault.
[[nodiscard]] Result<UniqueFd> create_segment(const Dimensions& dimensions);

// Microseconds since 1970, the clock of all times in the segment and in request heads.
[[nodiscard]] std::uint64_t now_us();

class Scoreboard final {
 public:
  // Maps the segment; the descriptor may be closed afterwards. kProtocol when the header does not
  // fit the size.
  [[nodiscard]] static Result<Scoreboard> map(int segment_fd);

  Scoreboard(Scoreboard&& other) noexcept;
  Scoreboard& operator=(Scoreboard&& other) noexcept;
  Scoreboard(const Scoreboard&) = delete;
  Scoreboard& operator=(const Scoreboard&) = delete;
  ~Scoreboard();

  [[nodiscard]] const Dimensions& dimensions() const { return dimensions_; }
  // Indices must be within the dimensions (asserted).
  [[nodiscard]] SlotRecord& slot(std::uint32_t index) const;
  [[nodiscard]] ThreadRecord& thread(std::uint32_t slot_index, std::uint32_t thread_index) const;

  // Of kDeaths.
  [[nodiscard]] DeathRecord& death(std::size_t index) const;

  void set_state(std::uint32_t slot_index, SlotState state) const;

 private:
  Scoreboard(char* memory, std::size_t size, const Dimensions& dimensions)
      : memory_(memory), size_(size), dimensions_(dimensions) {}

  char* memory_ = nullptr;
  std::size_t size_ = 0;
  Dimensions dimensions_;
};

// The readable start of a thread record's text: bounded, without bytes that could forge a log line.
[[nodiscard]] std::string recorded_text(std::span<const char> field);

// One worker thread's hand on its records.
class Recorder final {
 public:
  Recorder(const Scoreboard& board, std::uint32_t slot_index, std::uint32_t thread_index);
  void begin(std::uint64_t request_id, std::string_view method, std::string_view path);
  // The thread has the interpreter's lock, and has waited for it so long.
  void lock_taken(std::chrono::nanoseconds waited);
  // Before anything of the application's runs: what is known not to have come so far may be given
  // to another worker.
  void application_called();
  void response_started();
  void end();

 private:
  SlotRecord& slot_;
  ThreadRecord& thread_;
  std::size_t begun_ = 0;
};

}  // namespace warp::scoreboard
