// The steps of a worker's start, so that a failure says how far it got.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace warp::worker {

enum class StartStep : std::uint8_t {
  kInheritance,
  kLog,
  kSettings,
  kListener,
  kApplication,
  kSignals,
  kWatchdog
};

[[nodiscard]] std::string_view step_text(StartStep step);

// The result as it is, its error with the step's name before the reason.
template <typename T>
[[nodiscard]] Result<T> at_step(StartStep step, Result<T> result) {
  if (result) return result;
  Error error = std::move(result).error();
  error.detail = std::string(step_text(step)) + ": " + error.detail;
  return tl::unexpected(std::move(error));
}

}  // namespace warp::worker
