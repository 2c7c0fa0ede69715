#include "base/shared_flag.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>
#include <utility>

namespace warp {
namespace {

constexpr std::size_t kSize = 1;

}  // namespace

Result<UniqueFd> SharedFlag::create() {
  UniqueFd memory(::memfd_create("warp-flag", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return fail_errno("memfd_create warp-flag");
  if (::ftruncate(memory.get(), kSize) != 0) return fail_errno("ftruncate warp-flag");
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail_errno("seal warp-flag");
  return memory;
}

bool SharedFlag::set(int memory) {
  const char set = 1;
  return ::pwrite(memory, &set, sizeof set, 0) == 1;
}

Result<SharedFlag> SharedFlag::map(int memory) {
  void* const address = ::mmap(nullptr, kSize, PROT_READ, MAP_SHARED, memory, 0);
  if (address == MAP_FAILED) return fail_errno("mmap warp-flag");
  return SharedFlag(std::launder(static_cast<const Byte*>(address)));
}

SharedFlag::SharedFlag(SharedFlag&& other) noexcept : byte_(std::exchange(other.byte_, nullptr)) {}

SharedFlag& SharedFlag::operator=(SharedFlag&& other) noexcept {
  std::swap(byte_, other.byte_);
  return *this;
}

SharedFlag::~SharedFlag() {
  if (byte_ != nullptr) ::munmap(const_cast<Byte*>(byte_), kSize);
}

}  // namespace warp
