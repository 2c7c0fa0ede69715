// The terminal as a screen of its own, given back as it was.
#pragma once

#include <termios.h>

#include <chrono>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

class Terminal final {
 public:
  // kUsage when standard input and output are no terminal.
  [[nodiscard]] static Result<Terminal> take();
  Terminal(Terminal&& other) noexcept;
  Terminal& operator=(Terminal&&) = delete;
  ~Terminal();

  struct Size {
    std::size_t rows = 24;
    std::size_t columns = 80;
  };
  [[nodiscard]] static Size size();
  // The lines from the top; what does not fit is cut off.
  void show(const std::string& text) const;
  // True when the user wants to leave: q, Ctrl-C, a signal that ends programs, or a terminal that
  // is gone. False when the time is over.
  [[nodiscard]] bool is_left_within(std::chrono::milliseconds time) const;

 private:
  Terminal(UniqueFd signals, const termios& before);
  UniqueFd signals_;
  termios before_;
  bool is_taken_ = true;
};

}  // namespace warp
