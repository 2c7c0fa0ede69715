// Memory that several processes map, of one size for good: a mapping can't be made to fault.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::figures {

// Zeroed and sealed against a change of size, CLOEXEC. `name`: for /proc/PID/maps.
[[nodiscard]] Result<UniqueFd> create_memory(const char* name, std::size_t size);

class Mapping final {
 public:
  // kProtocol for memory of another size, which another build has made. The descriptor may be
  // closed afterwards.
  [[nodiscard]] static Result<Mapping> map(int memory, std::size_t size);

  Mapping() = default;
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  [[nodiscard]] void* address() const { return address_; }

 private:
  Mapping(void* address, std::size_t size) : address_(address), size_(size) {}

  void* address_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace warp::figures
