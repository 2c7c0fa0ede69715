#include "figures/shared_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

namespace warp::figures {

Result<UniqueFd> create_memory(const char* name, std::size_t size) {
  UniqueFd memory(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory) return fail_errno(std::string("memfd_create ") + name);
  if (::ftruncate(memory.get(), static_cast<off_t>(size)) != 0)
    return fail_errno(std::string("ftruncate ") + name);
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail_errno(std::string("seal ") + name);
  return memory;
}

Result<Mapping> Mapping::map(int memory, std::size_t size) {
  struct stat status {};
  if (::fstat(memory, &status) != 0) return fail_errno("fstat of the figures' memory");
  if (!std::cmp_equal(status.st_size, size))
    return fail(Errc::kProtocol, "the figures' memory has another size than this build's");
  void* const address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (address == MAP_FAILED) return fail_errno("mmap of the figures' memory");
  return Mapping(address, size);
}

Mapping::Mapping(Mapping&& other) noexcept
    : address_(std::exchange(other.address_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(size_, other.size_);
  return *this;
}

Mapping::~Mapping() {
  if (address_ != nullptr) ::munmap(address_, size_);
}

}  // namespace warp::figures
