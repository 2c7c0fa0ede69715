#include "launcher/detect/small_file.hpp"

#include <filesystem>

#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::uintmax_t kLargest = 256UL * 1024;

}  // namespace

std::optional<std::string> read_small_file(const std::string& path) {
  if (!is_file(path)) return std::nullopt;
  std::error_code error;
  if (std::filesystem::file_size(path, error) > kLargest || error) return std::nullopt;
  auto text = read_text(path);
  return text ? std::optional(*std::move(text)) : std::nullopt;
}

std::string path_below(const std::string& path, const std::string& directory) {
  return path.starts_with(directory + "/") ? path.substr(directory.size() + 1) : path;
}

}  // namespace warp
