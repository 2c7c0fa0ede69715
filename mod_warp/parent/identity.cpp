#include "mod_warp/parent/identity.hpp"

#include <sys/stat.h>

namespace warp {
namespace {

void append(std::string& bytes, const std::string& field) { bytes.append(field).push_back('\0'); }

template <typename Number>
void append_number(std::string& bytes, Number number) {
  append(bytes, std::to_string(number));
}

void append_user(std::string& bytes, const RunAs& run_as) {
  append(bytes, run_as.is_switched ? "switched" : "stays");
  append_number(bytes, run_as.user);
  append_number(bytes, run_as.group);
  append_number(bytes, run_as.groups.size());
  for (const gid_t group : run_as.groups) append_number(bytes, group);
  append(bytes, run_as.name);
  append(bytes, run_as.home);
}

void append_program(std::string& bytes, const std::string& path) {
  append(bytes, path);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return append(bytes, "missing");
  append_number(bytes, status.st_dev);
  append_number(bytes, status.st_ino);
  append_number(bytes, status.st_size);
  append_number(bytes, status.st_mtim.tv_sec);
  append_number(bytes, status.st_mtim.tv_nsec);
}

// Not its size: it grows.
void append_log(std::string& bytes, int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return append(bytes, "missing");
  append_number(bytes, status.st_dev);
  append_number(bytes, status.st_ino);
}

}  // namespace

std::string identity_of(const GroupTraits& traits) {
  std::string bytes = wire::encode_group_config(traits.settings);
  append_user(bytes, traits.run_as);
  for (const std::string& program : traits.programs) append_program(bytes, program);
  append_log(bytes, traits.log);
  append_number(bytes, traits.queue_limit);
  return bytes;
}

}  // namespace warp
