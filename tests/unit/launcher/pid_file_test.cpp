#include "launcher/run/pid_file.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "launcher/host/files.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

// A process that holds the file until it is told to end, as a launcher does.
class Holder final {
 public:
  explicit Holder(const std::string& root) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      const auto file = PidFile::write(root);
      static_cast<void>(!::write(ends[1], file ? "y" : "n", 1));
      while (true) ::pause();
    }
    char done = 0;
    EXPECT_EQ(::read(ends[0], &done, 1), 1);
    EXPECT_EQ(done, 'y');
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Holder() { kill(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  void kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
};

TEST(PidFile, NamesTheProcessThatHoldsIt) {
  const TemporaryDirectory folder;
  const Holder holder(folder.path());
  EXPECT_EQ(find_launcher(folder.path()).value(), holder.pid());
  EXPECT_EQ(*read_text(folder / "launcher.pid"), std::to_string(holder.pid()) + "\n");
}

TEST(PidFile, NamesNobodyAfterTheProcessWasKilled) {
  const TemporaryDirectory folder;
  Holder holder(folder.path());
  holder.kill();
  EXPECT_TRUE(is_file(folder / "launcher.pid"));
  EXPECT_EQ(find_launcher(folder.path()).value(), std::nullopt);
}

TEST(PidFile, BelievesTheLockAndNotTheText) {
  const TemporaryDirectory folder;
  folder.write("launcher.pid", std::to_string(::getpid()) + "\n");
  EXPECT_EQ(find_launcher(folder.path()).value(), std::nullopt);
  const Holder holder(folder.path());
  std::ofstream(folder / "launcher.pid") << "1\n";
  EXPECT_EQ(find_launcher(folder.path()).value(), holder.pid());
}

TEST(PidFile, NamesNobodyWithoutAFile) {
  const TemporaryDirectory folder;
  EXPECT_EQ(find_launcher(folder.path()).value(), std::nullopt);
}

TEST(PidFile, GoesWithItsOwner) {
  const TemporaryDirectory folder;
  { const auto file = PidFile::write(folder.path()); }
  EXPECT_FALSE(is_file(folder / "launcher.pid"));
}

}  // namespace
}  // namespace warp
