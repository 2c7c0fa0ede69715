#include "launcher/build/stamps.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "launcher/host/files.hpp"

namespace warp {

std::string Stamps::path_of(std::string_view step) const {
  return folder_ + "/" + std::string(step);
}

bool Stamps::is_current(std::string_view step, std::string_view inputs) const {
  if (rerun_ == Rerun::kAll) return false;
  const auto recorded = read_text(path_of(step), inputs.size());
  return recorded && *recorded == inputs;
}

Result<> Stamps::forget(std::string_view step) const {
  const std::string path = path_of(step);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return fail_errno("remove " + path);
  return {};
}

Result<> Stamps::record(std::string_view step, std::string_view inputs) const {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) return fail_errno("mkdir " + folder_, error.value());
  return write_atomically(path_of(step), inputs, 0644);
}

}  // namespace warp
