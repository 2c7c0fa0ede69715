#include "launcher/warpdrive/output.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace warp {

void print(std::string_view text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stdout));
  static_cast<void>(std::fflush(stdout));
}

void print_step(std::string_view text) { print(" -----> " + std::string(text) + "\n"); }

void print_detail(std::string_view text) { print("        " + std::string(text) + "\n"); }

void print_note(std::string_view text) {
  static_cast<void>(
      std::fprintf(stderr, "warpdrive: %.*s\n", static_cast<int>(text.size()), text.data()));
}

void StepTimer::done() const {
  print_detail("done in " + duration_text(std::chrono::duration_cast<std::chrono::milliseconds>(
                                std::chrono::steady_clock::now() - start_)));
}

std::string duration_text(std::chrono::milliseconds duration) {
  if (duration < std::chrono::minutes(1))
    return fmt::format("{:.1f} s", static_cast<double>(duration.count()) / 1000.0);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
  return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

}  // namespace warp
