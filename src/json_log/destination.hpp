// Where the JSON goes: standard output, a file, or a program that takes it from there.
#pragma once

#include <sys/types.h>

#include <span>
#include <utility>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

class Destination final {
 public:
  // Arguments: "-", or a file's path, or "--through" with a program and its arguments.
  [[nodiscard]] static Result<Destination> open(std::span<char* const> arguments);

  Destination(Destination&& other) noexcept
      : fd_(std::move(other.fd_)), program_(std::exchange(other.program_, 0)) {}
  Destination& operator=(Destination&&) = delete;
  // Waits for the program, which ends when nothing more can come.
  ~Destination();

  // Whatever can't be written is lost: there is no other place to say so.
  void write(std::string_view text) const;

 private:
  explicit Destination(UniqueFd fd, pid_t program = 0) : fd_(std::move(fd)), program_(program) {}

  UniqueFd fd_;
  pid_t program_;
};

}  // namespace warp
