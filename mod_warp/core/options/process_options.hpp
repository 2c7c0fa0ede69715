// What a worker is: how many, who, where, which Python, and what the kernel grants it.
#pragma once

#include <array>

#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {

inline constexpr std::array kProcessOptions = {
    GroupOption{"processes", "1 to 256", "1", "Workers of the group",
                set_number<&wire::GroupConfig::processes, 1, wire::kMaxProcesses>},
    GroupOption{"threads", "1 to 1024", "15", "Requests that a worker handles at the same time",
                set_number<&wire::GroupConfig::threads, 1, wire::kMaxThreads>},
    GroupOption{"user", "name or #id", "httpd's User",
                "User that the workers run as; needs httpd to be started as root. root only when "
                "written so",
                set_text<&GroupOptions::user>},
    GroupOption{"group", "name or #id", "the user's own group", "Group that the workers run as",
                set_text<&GroupOptions::group>},
    GroupOption{"supplementary-groups", "names or #ids, separated by ,",
                "those that the user is a member of",
                "Further groups of the workers; needs httpd to be started as root",
                set_supplementary_groups},
    GroupOption{"home", "directory", "the script's folder, else /",
                "Working directory of the workers", set_text<&wire::GroupConfig::home>},
    GroupOption{"umask", "octal", "0022", "File creation mask of the workers", set_umask},
    GroupOption{"python-home", "directory", "the system's Python",
                "Virtual environment, or prefix of a Python; its version decides which worker "
                "program is used",
                set_text<&wire::GroupConfig::python_home>},
    GroupOption{"python-path", "directories, separated by :", "none", "Put in front of sys.path",
                set_python_path},
    GroupOption{"display-name", "text", "none", "Title of the workers in the process list",
                set_text<&wire::GroupConfig::display_name>},
    GroupOption{"lang", "locale name", "httpd's LANG", "LANG of the workers",
                set_text<&wire::GroupConfig::language>},
    GroupOption{"locale", "locale name", "httpd's LC_ALL", "LC_ALL of the workers",
                set_text<&wire::GroupConfig::locale>},
    GroupOption{"preload", "on or off", "on with more than one process",
                "One process imports the application and forks the workers, which share its "
                "memory",
                set_switch<&GroupOptions::preload>},
    GroupOption{"reload-on-changes", "on or off", "off",
                "For development: the group is reloaded when a file of the project that is "
                "imported has changed",
                set_switch<&wire::GroupConfig::reload_on_changes>},
    GroupOption{"cpu-priority", "-20 to 19", "0 (httpd's)",
                "Niceness of the workers, as of nice(1): 19 gives way to everything else, less "
                "than 0 goes before others and needs httpd to be started as root",
                set_integer<&wire::GroupConfig::cpu_priority, -20, 19>},
    GroupOption{"stack-size", "131072 to 1073741824 bytes", "the system's",
                "Stack of each thread of a worker, those that the application starts included",
                set_number<&wire::GroupConfig::stack_size, 131'072, 1'073'741'824>},
    GroupOption{
        "virtual-memory-limit", "67108864 to 1099511627776 bytes", "none",
        "Address space of a worker (RLIMIT_AS); beyond it Python raises MemoryError",
        set_number<&wire::GroupConfig::virtual_memory_limit, 67'108'864, 1'099'511'627'776>},
    GroupOption{"data-size-limit", "bytes, K, M or G", "0 (none)",
                "Private writable memory of a worker (RLIMIT_DATA), which is mod_wsgi's "
                "memory-limit; beyond it Python raises MemoryError",
                set_bytes<&wire::GroupConfig::data_size_limit>},
    GroupOption{"open-files-limit", "64 to 1073741816", "httpd's",
                "Descriptors that a worker may have (RLIMIT_NOFILE), at most httpd's hard limit",
                set_number<&wire::GroupConfig::open_files_limit, 64, 1'073'741'816>},
    GroupOption{"core-size-limit", "bytes, K, M or G", "httpd's",
                "Largest core file of a worker (RLIMIT_CORE), at most httpd's hard limit; 0: none",
                set_bytes<&wire::GroupConfig::core_size_limit>},
    GroupOption{"switch-interval", "seconds, 0.000001 to 10", "Python's, 0.005",
                "How long a thread may run Python while another one waits to "
                "(sys.setswitchinterval)",
                set_switch_interval},
};

}  // namespace warp::core
