#include "launcher/host/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/strings.hpp"
#include "base/unique_fd.hpp"

namespace warp {
namespace {

Result<> write_all(int fd, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail_errno("write " + path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Result<std::string> read_text(const std::string& path, std::size_t most) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return fail_errno("open " + path);
  std::string text;
  char block[16384];
  for (;;) {
    const ssize_t count = ::read(fd.get(), block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_errno("read " + path);
    if (count == 0) return text;
    if (static_cast<std::size_t>(count) > most - text.size())
      return fail(Errc::kTooLarge, path + ": more than " + std::to_string(most) + " bytes");
    text.append(block, static_cast<std::size_t>(count));
  }
}

Result<> write_atomically(const std::string& path, std::string_view text, mode_t mode) {
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());
  const UniqueFd fd(
      ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!fd) return fail_errno("create " + fresh);
  Result<> written = write_all(fd.get(), text, fresh);
  if (written && ::fchmod(fd.get(), mode) != 0) written = fail_errno("chmod " + fresh);
  if (written && ::rename(fresh.c_str(), path.c_str()) != 0)
    written = fail_errno("rename " + fresh + " to " + path);
  if (!written) ::unlink(fresh.c_str());
  return written;
}

bool is_file(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

bool is_directory(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error);
}

bool is_executable(const std::string& path) {
  return is_file(path) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<uid_t> owner_of(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return facts.st_uid;
}

std::string absolute(std::string_view path, const std::string& base) {
  std::string text = (std::filesystem::path(base) / path).lexically_normal().string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string resolved(const std::string& path) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::weakly_canonical(path, error);
  return error ? path : real.string();
}

bool holds(const std::string& folder, const std::string& path) {
  const std::string outer = resolved(folder);
  const std::string inner = resolved(path);
  return outer == inner || inner.starts_with(outer.ends_with("/") ? outer : outer + "/");
}

std::string parent_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::vector<std::string> names_in_directory(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::string> find_program(std::string_view name, std::string_view path_list) {
  for (const std::string_view directory : split(path_list, ':')) {
    if (directory.empty()) continue;
    std::string path = std::string(directory) + "/" + std::string(name);
    if (is_executable(path)) return path;
  }
  return std::nullopt;
}

std::string last_lines(std::string_view text, std::size_t count) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::size_t start = text.size();
  for (std::size_t seen = 0; start > 0; --start)
    if (text[start - 1] == '\n' && ++seen == count) break;
  return std::string(text.substr(start));
}

}  // namespace warp
