#include "launcher/operate/terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "base/deadline.hpp"
#include "base/signals.hpp"
#include "base/strings.hpp"

namespace warp {
namespace {

constexpr char kControlC = 3;
// Another screen, from its top, without cursor; and back.
constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l";
constexpr std::string_view kLeave = "\x1b[?25h\x1b[?1049l";
constexpr std::string_view kTop = "\x1b[H";
constexpr std::string_view kEndOfLine = "\x1b[K";
constexpr std::string_view kRestOfScreen = "\x1b[J";

// A terminal that is gone can't be told anything.
void write_to_terminal(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool asks_to_leave() {
  std::array<char, 64> keys{};
  const ssize_t count = ::read(STDIN_FILENO, keys.data(), keys.size());
  if (count <= 0) return count == 0 || errno != EINTR;
  return std::any_of(keys.begin(), keys.begin() + count,
                     [](char key) { return key == 'q' || key == 'Q' || key == kControlC; });
}

}  // namespace

Result<Terminal> Terminal::take() {
  termios before{};
  if (::isatty(STDOUT_FILENO) == 0 || ::tcgetattr(STDIN_FILENO, &before) != 0)
    return fail(Errc::kUsage,
                "top needs a terminal; use status, or top --json for a line each second");
  WARP_TRY(UniqueFd signals, take_signals({SIGINT, SIGTERM, SIGQUIT, SIGHUP}));
  termios raw = before;
  // Keys come as they are pressed and unseen; Ctrl-C is one of them.
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  if (::tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) != 0) return fail_errno("set up the terminal");
  return Terminal(std::move(signals), before);
}

Terminal::Terminal(UniqueFd signals, const termios& before)
    : signals_(std::move(signals)), before_(before) {
  write_to_terminal(kEnter);
}

Terminal::Terminal(Terminal&& other) noexcept
    : signals_(std::move(other.signals_)),
      before_(other.before_),
      is_taken_(std::exchange(other.is_taken_, false)) {}

Terminal::~Terminal() {
  if (!is_taken_) return;
  write_to_terminal(kLeave);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
}

Terminal::Size Terminal::size() {
  winsize window{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_row == 0 || window.ws_col == 0)
    return {};
  return {.rows = window.ws_row, .columns = window.ws_col};
}

void Terminal::show(const std::string& text) const {
  const Size room = size();
  std::string screen(kTop);
  std::size_t row = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (++row > room.rows) break;
    if (row > 1) screen += "\r\n";
    screen += line.substr(0, room.columns);
    screen += kEndOfLine;
  }
  write_to_terminal(screen += kRestOfScreen);
}

bool Terminal::is_left_within(std::chrono::milliseconds time) const {
  const Deadline deadline = Deadline::in(time);
  while (true) {
    std::array<pollfd, 2> waits{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{signals_.get(), POLLIN, 0}};
    const int ready = ::poll(waits.data(), waits.size(), deadline.poll_timeout());
    if (ready == 0) return false;
    if (ready < 0) continue;
    if (waits[1].revents != 0) return true;
    if (asks_to_leave()) return true;
  }
}

}  // namespace warp
