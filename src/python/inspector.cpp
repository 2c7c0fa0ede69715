#include "python/inspector.hpp"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <optional>
#include <string_view>

#include "base/read_descriptor.hpp"
#include "base/strings.hpp"

namespace warp::python {
namespace {

// Raised by us in one of our threads only; far from the numbers that applications begin with.
int dump_signal() { return SIGRTMAX - 1; }

constexpr std::size_t kLargestDump = std::size_t{4} << 20U;

// "Thread 0x00007f0d2bfff6c0 (most recent call first):", "Current thread 0x…".
std::optional<std::uint64_t> thread_of(std::string_view line) {
  constexpr std::string_view kBefore = "hread 0x";
  const std::size_t at = line.find(kBefore);
  if (at == std::string_view::npos || line.starts_with(' ')) return std::nullopt;
  std::uint64_t thread = 0;
  const char* const begin = line.data() + at + kBefore.size();
  constexpr int kHexadecimal = 16;
  const auto read = std::from_chars(begin, line.data() + line.size(), thread, kHexadecimal);
  return read.ec == std::errc() ? std::optional(thread) : std::nullopt;
}

bool raise_here(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  // The application may have blocked it in the thread that has started ours.
  return ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr) == 0 && ::raise(signal) == 0;
}

}  // namespace

std::vector<worker::ThreadStack> parse_dump(std::string_view text) {
  std::vector<worker::ThreadStack> stacks;
  for (const std::string_view line : split(text, '\n')) {
    if (const auto thread = thread_of(line))
      stacks.push_back({.thread = *thread, .name = {}, .text = {}});
    else if (!stacks.empty() && line.starts_with("  ") && line != "  <no Python frame>")
      stacks.back().text.insert(0, std::string(line) + "\n");
  }
  std::erase_if(stacks, [](const worker::ThreadStack& stack) { return stack.text.empty(); });
  return stacks;
}

bool Inspector::prepare(Gil& gil, PyObject* request_timeout) {
  if (crash_descriptor_ >= 0 && !bootstrap_.report_crashes(gil, crash_descriptor_)) return false;
  UniqueFd dump(::memfd_create("warp-stacks", MFD_CLOEXEC));
  struct stat status {};
  if (!dump || ::fstat(dump.get(), &status) != 0) {
    PyErr_SetFromErrno(PyExc_OSError);
    return false;
  }
  if (!bootstrap_.prepare_dump(gil, dump_signal(), dump.get())) return false;
  dump_node_ = status.st_ino;
  dump_ = std::move(dump);
  request_timeout_ = request_timeout;
  return true;
}

void Inspector::wait_for_lock() {
  if (runtime_.is_running()) const Visit visit;
}

std::vector<worker::ThreadStack> Inspector::stacks() {
  if (!runtime_.is_running() || request_timeout_ == nullptr) return {};
  const Visit visit;
  Gil gil = Gil::in_callback();
  return bootstrap_.stacks(gil);
}

bool Inspector::interrupt(std::uint64_t request_number) {
  if (!runtime_.is_running() || request_timeout_ == nullptr) return false;
  const Visit visit;
  Gil gil = Gil::in_callback();
  return contexts_.interrupt(gil, request_number, request_timeout_);
}

std::vector<worker::ThreadStack> Inspector::stacks_without_lock() {
  struct stat status {};
  const bool is_ours = dump_ && ::fstat(dump_.get(), &status) == 0 && status.st_ino == dump_node_;
  if (!is_ours || ::ftruncate(dump_.get(), 0) != 0 || ::lseek(dump_.get(), 0, SEEK_SET) != 0 ||
      !raise_here(dump_signal()))
    return {};
  const auto text = read_whole_file(dump_.get(), kLargestDump);
  return text ? parse_dump(*text) : std::vector<worker::ThreadStack>();
}

}  // namespace warp::python
