#include "channel/body_memory.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace warp::channel {
namespace {

Result<UniqueFd> create_sealed() {
  UniqueFd memory(::memfd_create("warp-body", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return fail_errno("memfd_create warp-body");
  if (::ftruncate(memory.get(), BodyMemory::kSize) != 0) return fail_errno("ftruncate warp-body");
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail_errno("seal warp-body");
  return memory;
}

Result<char*> map_shared(int memory, int protection) {
  void* const address = ::mmap(nullptr, BodyMemory::kSize, protection, MAP_SHARED, memory, 0);
  if (address == MAP_FAILED) return fail_errno("mmap warp-body");
  return static_cast<char*>(address);
}

// A page that is gone, be it behind the end of a file that shrank or because there is no huge page
// to give, ends by SIGBUS whoever reads it.
bool is_always_readable(int memory) {
  const int seals = ::fcntl(memory, F_GET_SEALS);
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0) return false;
  struct stat status {};
  struct statfs file_system {};
  return ::fstat(memory, &status) == 0 && ::fstatfs(memory, &file_system) == 0 &&
         status.st_size == static_cast<off_t>(BodyMemory::kSize) &&
         file_system.f_type == TMPFS_MAGIC;
}

}  // namespace

bool BodyMemoryAllowance::take() {
  if (left_.fetch_sub(1, std::memory_order_relaxed) > 0) return true;
  give_back();
  return false;
}

Result<BodyMemory> BodyMemory::create(BodyMemoryAllowance& allowance) {
  if (!allowance.take()) return fail(Errc::kOverloaded, "the memory for bodies is in use");
  BodyMemory result({}, nullptr, &allowance);
  WARP_TRY(result.memory_, create_sealed());
  WARP_TRY(result.bytes_, map_shared(result.memory_.get(), PROT_READ | PROT_WRITE));
  return result;
}

Result<BodyMemory> BodyMemory::map(const UniqueFd& memory) {
  if (!is_always_readable(memory.get()))
    return fail(Errc::kProtocol, "memory for bodies that could vanish");
  WARP_TRY(char* const bytes, map_shared(memory.get(), PROT_READ));
  return BodyMemory({}, bytes, nullptr);
}

BodyMemory::BodyMemory(BodyMemory&& other) noexcept
    : memory_(std::move(other.memory_)),
      bytes_(std::exchange(other.bytes_, nullptr)),
      allowance_(std::exchange(other.allowance_, nullptr)) {}

BodyMemory& BodyMemory::operator=(BodyMemory&& other) noexcept {
  std::swap(memory_, other.memory_);
  std::swap(bytes_, other.bytes_);
  std::swap(allowance_, other.allowance_);
  return *this;
}

BodyMemory::~BodyMemory() {
  if (bytes_ != nullptr) ::munmap(bytes_, kSize);
  if (allowance_ != nullptr) allowance_->give_back();
}

std::size_t BodyMemory::put(std::size_t offset, std::string_view bytes) {
  const std::size_t count = std::min(bytes.size(), kSize - offset);
  std::memcpy(bytes_ + offset, bytes.data(), count);
  return count;
}

Result<std::string_view> BodyMemory::view(const wire::FilePart& part) const {
  if (part.offset >= kSize || part.length > kSize - part.offset)
    return fail(Errc::kProtocol, "a part of a body outside the memory for it");
  return std::string_view(bytes_ + part.offset, part.length);
}

}  // namespace warp::channel
