// What httpd's parent tells a supervisor, and the supervisor its workers, about their process
// group. Travels in a sealed memfd.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace warp::wire {

enum class TargetKind : std::uint8_t {
  kScript,  // target is the absolute path of a Python file
  kModule,  // target is a dotted module name
};

struct GroupConfig {
  std::string name;  // of WarpDaemonProcess
  std::uint32_t processes = 1;
  std::uint32_t threads = 15;

  std::string worker_program;  // absolute path of warp-worker-X.Y
  std::string python_home;     // venv or prefix; empty: the Python that the worker was built with
  std::vector<std::string> python_path;

  TargetKind target_kind = TargetKind::kScript;
  std::string target;
  std::string callable = "application";     // a dotted name; with "()": a factory's
  std::vector<std::string> import_scripts;  // absolute paths, imported before the application
  bool script_reloading = true;             // start anew when the application's file has changed
  bool reload_on_changes = false;  // the same for all imported files of the project, unasked
  bool preload = false;            // import once, then fork the workers
  bool explains_errors = false;    // to the client, with traceback and request
  std::string debugger;            // the terminal of Python's debugger; empty: none
  std::string profile_folder;   // where a process leaves what it has measured; empty: it does not
  std::string coverage_folder;  // likewise

  std::vector<std::string> sendfile_paths;  // roots of X-Sendfile; none: the header passes through
  bool restrict_stdin = true;               // reading sys.stdin raises
  bool restrict_stdout = false;             // writing sys.stdout raises
  bool restrict_signal = true;              // signal.signal() warns and does nothing

  std::string home;       // working directory; empty: the script's folder, else /
  std::string user_name;  // for HOME, USER and LOGNAME; empty when the user was not switched
  std::string user_home;
  std::string display_name;        // process title; empty: none
  std::string language;            // LANG
  std::string locale;              // LC_ALL
  std::string log_level = "warn";  // httpd's word
  std::string httpd_version;       // "2.4.66"
  std::uint32_t umask = 0022;
  std::int32_t cpu_priority = 0;                 // as of nice(1); 0: as httpd's
  std::uint64_t stack_size = 0;                  // of a worker's threads, in bytes; 0: the system's
  std::uint64_t virtual_memory_limit = 0;        // of a worker, in bytes; 0: none
  std::uint64_t data_size_limit = 0;             // the same of its writable private memory
  std::uint64_t open_files_limit = 0;            // of a worker; 0: as httpd's
  std::optional<std::uint64_t> core_size_limit;  // of a worker, in bytes; absent: as httpd's
  // How long a thread may run Python while another waits to; zero: Python's own.
  std::chrono::microseconds switch_interval{0};
  std::uint32_t maximum_requests = 0;  // a worker is replaced after about so many; 0: never

  std::chrono::milliseconds startup_timeout{60'000};
  std::chrono::milliseconds request_timeout{300'000};
  std::chrono::milliseconds interrupt_timeout{0};       // zero: requests are not interrupted
  std::chrono::milliseconds slow_request{0};            // zero: slow requests are not logged
  std::chrono::milliseconds deadlock_timeout{300'000};  // zero: deadlocks are not looked for
  std::chrono::milliseconds graceful_timeout{15'000};
  std::chrono::milliseconds eviction_timeout{15'000};  // graceful_timeout of a replaced worker
  std::chrono::milliseconds shutdown_timeout{5'000};
  std::chrono::milliseconds socket_timeout{
      60'000};  // longest silence of the other side within one transfer

  // When a worker is replaced; zero: never.
  std::chrono::milliseconds restart_interval{0};    // up to a tenth more
  std::chrono::milliseconds inactivity_timeout{0};  // without a request
  std::chrono::milliseconds cpu_time_limit{0};      // user and system, of the process
  std::uint64_t memory_limit = 0;                   // bytes of resident memory
  std::uint64_t memory_hard_limit = 0;              // the same; the worker is killed at once
};

// Bounds that the directives enforce and decode checks again.
inline constexpr std::uint32_t kMaxProcesses = 256;
inline constexpr std::uint32_t kMaxThreads = 1024;

// Places for workers: two generations side by side, and two workers that take long to finish.
[[nodiscard]] constexpr std::uint32_t slots_for(std::uint32_t processes) {
  return 2 * processes + 2;
}
inline constexpr std::uint32_t kMaxSlots = slots_for(kMaxProcesses);

// "key\0value\0" for every field; see PROTOCOL.md.
[[nodiscard]] std::string encode_group_config(const GroupConfig& config);
// kProtocol for unknown or missing keys, numbers out of range and text that is cut short.
[[nodiscard]] Result<GroupConfig> decode_group_config(std::string_view bytes);

}  // namespace warp::wire
