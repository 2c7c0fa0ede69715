// Everything that is decided before anything is written: what httpd.conf says, and what the banner
// prints.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// Where the parts of this installation are.
struct Installation {
  std::string libexec_directory{};
  std::string module{};
  std::string template_directory{};
  std::string python_directory{};  // modules for the project's Python
  std::string program{};           // warpdrive-express itself
};

struct Httpd {
  std::string executable{};
  std::string modules_directory{};
  std::vector<std::string> built_in{};  // "core", "mod_so", …: as httpd -l prints them
};

struct LoadedModule {
  std::string symbol{};  // alias_module
  std::string path{};
};

struct Sizes {
  Mpm mpm = Mpm::kEvent;
  unsigned capacity = 0;  // requests that httpd works on at a time
  unsigned children = 0;
  unsigned threads_per_child = 0;
  unsigned spare_threads = 0;  // fewer idle ones make httpd start a child or complain
  unsigned server_limit = 0;
};

// A URL that httpd serves from the disk.
struct StaticFiles {
  std::string url{};
  std::string path{};
  bool is_directory = true;
};

// httpd's program that begins a new file when one is full.
struct Rotation {
  std::string executable{};
  std::uint64_t size = 0;  // bytes
};

inline constexpr auto kStandardOutput = "/dev/stdout";

struct Logs {
  std::string error_log{};   // a path, or a command behind a bar
  std::string access_log{};  // empty: none
  std::string level{};       // httpd's LogLevel arguments
  std::optional<Rotation> rotation{};
  std::string json_program{};  // makes JSON of the error log; empty: text
};

// What httpd does with requests for one name at one port.
struct VirtualHost {
  std::uint16_t port = 0;
  std::string name{};
  std::vector<std::string> aliases{};
  bool is_https = false;
  bool redirects_to_https = false;
  std::string proxied_to{};  // a server's URL; empty: served here
};

// Empty: not wanted.
struct Development {
  std::string terminal{};  // the debugger's
  std::string profile_folder{};
  std::string coverage_folder{};
};

// A program of the project's that runs beside the server.
struct Service {
  std::string name{};
  std::string script{};
  Account user{};
  std::string log_file{};  // empty: where the launcher writes
};

struct Plan {
  Settings settings{};
  Project project{};
  Installation installation{};
  Httpd httpd{};

  std::string sizing{};  // how the number of processes was reckoned; empty when it was not
  std::string server_root{};
  bool root_is_temporary = true;  // not named by the user, so it may go when nothing is in it
  std::vector<LoadedModule> modules{};
  Sizes sizes{};
  std::vector<std::string> listen{};      // "8000", "127.0.0.1:8000", "[::1]:8000"
  std::vector<std::string> management{};  // the same, for health and metrics
  std::string url{};                      // "http://localhost:8000/"
  std::string https_url{};                // empty: no HTTPS
  std::vector<VirtualHost> virtual_hosts{};
  std::optional<Account> httpd_user{};  // none: the current user runs all
  std::vector<StaticFiles> static_files{};
  std::string document_root{};                // without links on the way; empty: none
  std::optional<std::string> collect_into{};  // folder for Django's static files
  std::string mime_types{};                   // empty: the template's short list
  Logs logs{};
  Development development{};
  std::vector<Service> services{};
  std::string group_name{};
  std::string locale{};        // what the application sees
  bool locale_is_set = false;  // … because the one we were started with is the C locale
};

}  // namespace warp
