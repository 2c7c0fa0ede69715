// What `warpdrive` says on the terminal.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace warp {

// Standard output, at once.
void print(std::string_view text);
// " -----> Installing …"
void print_step(std::string_view text);
// "        12 files", below a step.
void print_detail(std::string_view text);
// Standard error: a note beside shell code that goes to standard output.
void print_note(std::string_view text);

// Tells how long a step took, when that was worth telling.
class StepTimer final {
 public:
  explicit StepTimer(std::string_view step) { print_step(step); }
  void done() const;

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// "0.4 s", "3 min 12 s"
[[nodiscard]] std::string duration_text(std::chrono::milliseconds duration);

}  // namespace warp
