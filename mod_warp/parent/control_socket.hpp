// The socket in the file system through which an administrator asks a group's supervisor: httpd's
// parent makes it, since only that one may write into the runtime directory, and the supervisor
// inherits it listening.
#pragma once

#include <sys/stat.h>

#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

class ControlSocket final {
 public:
  // At `path`, in place of what an earlier server left there, and for its owner alone.
  [[nodiscard]] static Result<ControlSocket> listen(const std::string& path);
  // For a group that does without: /dev/null in its place.
  [[nodiscard]] static ControlSocket none();

  // What is left of it while httpd goes from one configuration to the next.
  struct Parts {
    UniqueFd socket;
    std::string path;
    dev_t device = 0;
    ino_t inode = 0;
  };
  // The file stays.
  [[nodiscard]] Parts release();
  [[nodiscard]] static ControlSocket adopt(Parts parts);

  ControlSocket(ControlSocket&& other) noexcept;
  ControlSocket& operator=(ControlSocket&& other) noexcept;
  // Removes the file, if it is still this socket's and this is the process that made it.
  ~ControlSocket();

  // For the supervisor; /dev/null when there is no socket.
  [[nodiscard]] int descriptor() const { return socket_.get(); }
  // In a child of httpd.
  void close() { socket_.reset(); }

 private:
  ControlSocket() = default;

  std::string path_;
  UniqueFd socket_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  pid_t maker_ = 0;  // 0: has no file
};

}  // namespace warp
