// Memory in which large parts of responses cross from a worker to httpd's child: written once by
// the worker, read by the child for its write to the client, in place of two copies through the
// socket. One per channel at most, made when a response first needs it and kept, because new pages
// would cost more than the copies.
#pragma once

#include <atomic>
#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "wire/file_part.hpp"

namespace warp::channel {

// How many of them a worker may have at a time. For any thread.
class BodyMemoryAllowance final {
 public:
  explicit BodyMemoryAllowance(int most) : left_(most) {}
  [[nodiscard]] bool take();
  void give_back() { left_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<int> left_;
};

class BodyMemory final {
 public:
  static constexpr std::size_t kSize = std::size_t{1} << 20U;  // bytes

  // The worker's side. It takes one from the allowance, which outlives it, and gives it back at its
  // end. kOverloaded: none is left.
  [[nodiscard]] static Result<BodyMemory> create(BodyMemoryAllowance& allowance);
  // The child's, which is never to die by what a worker does to the memory. kProtocol: it is not
  // plain memory of kSize bytes that can't shrink.
  [[nodiscard]] static Result<BodyMemory> map(const UniqueFd& memory);

  BodyMemory(BodyMemory&& other) noexcept;
  BodyMemory& operator=(BodyMemory&& other) noexcept;
  BodyMemory(const BodyMemory&) = delete;
  BodyMemory& operator=(const BodyMemory&) = delete;
  ~BodyMemory();

  // What the other process maps, once; on the child's side nothing.
  [[nodiscard]] UniqueFd release_fd() { return std::move(memory_); }

  // The worker's side: as much of the bytes as has room from the offset on; how many those were.
  [[nodiscard]] std::size_t put(std::size_t offset, std::string_view bytes);
  // kProtocol for a part that lies outside.
  [[nodiscard]] Result<std::string_view> view(const wire::FilePart& part) const;

 private:
  BodyMemory(UniqueFd memory, char* bytes, BodyMemoryAllowance* allowance)
      : memory_(std::move(memory)), bytes_(bytes), allowance_(allowance) {}

  UniqueFd memory_;
  char* bytes_;
  BodyMemoryAllowance* allowance_;
};

}  // namespace warp::channel
