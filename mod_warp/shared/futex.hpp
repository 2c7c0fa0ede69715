// Waiting for a word of shared memory to change, across processes.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace warp {

// Returns at once when the word is not `expected`; else at a wake-up, a signal, or after `longest`.
void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t expected,
                std::chrono::nanoseconds longest);
// All that wait for the word.
void futex_wake(const std::atomic<std::uint32_t>& word);

}  // namespace warp
