// A word from one process to many that look for it often: one byte of shared memory, unset until
// somebody who has its descriptor sets it, for good.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

class SharedFlag final {
 public:
  // Its memory. CLOEXEC, and of a size that can't be changed.
  [[nodiscard]] static Result<UniqueFd> create();
  // False when that is not its memory.
  static bool set(int memory);
  // To look only. The descriptor may be closed afterwards.
  [[nodiscard]] static Result<SharedFlag> map(int memory);

  // One that nobody can set.
  SharedFlag() = default;
  SharedFlag(SharedFlag&& other) noexcept;
  SharedFlag& operator=(SharedFlag&& other) noexcept;
  SharedFlag(const SharedFlag&) = delete;
  SharedFlag& operator=(const SharedFlag&) = delete;
  ~SharedFlag();

  [[nodiscard]] bool is_set() const {
    return byte_ != nullptr && byte_->load(std::memory_order_relaxed) != 0;
  }

 private:
  using Byte = std::atomic<std::uint8_t>;
  static_assert(sizeof(Byte) == 1 && Byte::is_always_lock_free);
  explicit SharedFlag(const Byte* byte) : byte_(byte) {}

  const Byte* byte_ = nullptr;
};

}  // namespace warp
