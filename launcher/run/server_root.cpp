#include "launcher/run/server_root.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/run/control_client.hpp"

namespace warp {
namespace {

constexpr auto kRemedy = "; remove it, or choose another --server-root";

// httpd's children of another user must get through to the static files.
mode_t mode_of_new_root() { return ::geteuid() == 0 ? 0755 : 0700; }

Result<> make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0) {
    if (errno == EEXIST) return {};
    auto failure = fail_errno("server root: mkdir " + path);
    failure.value().detail += "; choose another --server-root";
    return failure;
  }
  // Not by mkdir, whose mode the umask changes.
  if (::chmod(path.c_str(), mode_of_new_root()) != 0)
    return fail_errno("server root: chmod " + path);
  return {};
}

Result<> check_owner(const std::string& path, const struct stat& facts) {
  if (facts.st_uid != ::geteuid())
    return fail(Errc::kNoPermission, "server root " + path + " belongs to another user" + kRemedy);
  if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return fail(Errc::kNoPermission,
                "server root " + path +
                    " can be written to by other users; choose a folder of your own with "
                    "--server-root");
  if (::access(path.c_str(), W_OK | X_OK) != 0)
    return fail_errno("server root " + path + " is not writable");
  return {};
}

Result<UniqueFd> open_folder(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (fd) return fd;
  if (errno == ENOTDIR || errno == ELOOP)
    return fail(Errc::kInvalidSetting,
                "server root " + path + " is a file or a link and no folder" + kRemedy);
  return fail_errno("open server root " + path);
}

bool is_same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

tl::unexpected<Error> refuse_locked(const std::string& path) {
  const auto pid = read_text(path + "/httpd.pid");
  const std::string who = pid ? " (httpd has pid " + printable(trim(*pid)) + ")" : std::string();
  return fail(Errc::kAddressInUse, "another server runs on the server root " + path + who +
                                       "; stop it, or choose another --server-root or --port");
}

void remove_if_empty(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error) && std::filesystem::is_empty(path, error))
    std::filesystem::remove(path, error);
}

}  // namespace

Result<ServerRoot> ServerRoot::open(const std::string& path, RootKind kind) {
  for (;;) {
    WARP_CHECK(make_folder(path));
    WARP_TRY(UniqueFd folder, open_folder(path));
    struct stat opened {};
    if (::fstat(folder.get(), &opened) != 0) return fail_errno("stat server root " + path);
    WARP_CHECK(check_owner(path, opened));
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) return refuse_locked(path);
    // A server that has just stopped may have removed the folder between open and flock.
    struct stat named {};
    if (::stat(path.c_str(), &named) == 0 && is_same_file(opened, named))
      return ServerRoot(path, kind, std::move(folder));
  }
}

Result<> inspect_server_root(const std::string& path) {
  struct stat named {};
  if (::lstat(path.c_str(), &named) != 0 && errno == ENOENT) {
    if (::access(parent_of(path).c_str(), W_OK | X_OK) == 0) return {};
    auto failure = fail_errno("server root " + path + " can't be made in " + parent_of(path));
    failure.value().detail += "; choose another --server-root";
    return failure;
  }
  WARP_TRY(const UniqueFd folder, open_folder(path));
  struct stat opened {};
  if (::fstat(folder.get(), &opened) != 0) return fail_errno("stat server root " + path);
  WARP_CHECK(check_owner(path, opened));
  // Shared, so that two who look do not see each other.
  if (::flock(folder.get(), LOCK_SH | LOCK_NB) != 0) return refuse_locked(path);
  return {};
}

ServerRoot::~ServerRoot() {
  if (lock_ && !kept_) remove_what_we_wrote();
}

Result<> ServerRoot::write_config(const std::string& text) const {
  // The owner's alone: --setenv may hold secrets. httpd reads it before it changes users.
  return write_atomically(path_ + "/httpd.conf", text, 0600);
}

Result<> ServerRoot::write_control_script(const std::string& text) const {
  return write_atomically(path_ + "/apachectl", text, 0755);
}

Result<> ServerRoot::write_management_address(const std::string& address) const {
  const std::string path = path_ + kManagementAddress;
  if (!address.empty()) return write_atomically(path, address + "\n", 0644);
  // An earlier server's.
  std::error_code error;
  std::filesystem::remove(path, error);
  return {};
}

void ServerRoot::tidy() const {
  std::error_code error;
  for (const char* const name : {"/httpd.pid", "/launcher.pid", "/not-ready", kManagementAddress})
    std::filesystem::remove(path_ + name, error);
  // httpd takes its sockets away itself, unless it was killed.
  for (const std::string& group : groups_in(path_))
    std::filesystem::remove(path_ + "/warp-" + group + ".sock", error);
  const bool has_logs = std::any_of(logs_.begin(), logs_.end(), [&](const std::string& name) {
    return is_file(path_ + "/" + name);
  });
  if (kind_ == RootKind::kTemporary && !has_logs) remove_what_we_wrote();
}

// Only names of ours: the user may have named a folder with other things in it.
void ServerRoot::remove_what_we_wrote() const {
  std::error_code error;
  for (const char* const name :
       {"/httpd.conf", "/httpd.conf.new", "/httpd.pid", "/apachectl", kManagementAddress})
    std::filesystem::remove(path_ + name, error);
  for (const std::string& name : logs_) remove_if_empty(path_ + "/" + name);
  if (kind_ == RootKind::kTemporary) std::filesystem::remove_all(path_ + "/static", error);
  // Fails, as it should, while anything else is in it.
  if (kind_ == RootKind::kTemporary) ::rmdir(path_.c_str());
}

}  // namespace warp
