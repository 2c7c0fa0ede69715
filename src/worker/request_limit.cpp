#include "worker/request_limit.hpp"

#include <random>

namespace warp::worker {

std::uint64_t scattered(std::uint32_t most) {
  constexpr std::uint64_t kShare = 10;
  std::random_device chance;
  return std::uniform_int_distribution<std::uint64_t>(most, most + most / kShare)(chance);
}

}  // namespace warp::worker
