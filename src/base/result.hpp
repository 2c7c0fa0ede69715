// Expected failures as values: Result<T> carries a T or an Error, and is never ignored by accident.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace warp {

// What went wrong, for code to branch on. The number is the stable id that people see (WARP1007)
// and that docs/errors.md explains; a number is never reused.
enum class Errc : std::uint16_t {
  kSystem = 1001,            // a system call failed
  kTimeout = 1002,           // a deadline passed
  kClosed = 1003,            // the other side closed an orderly stream
  kProtocol = 1004,          // bytes from another process break PROTOCOL.md
  kTooLarge = 1005,          // something exceeds its bound
  kInvalidSetting = 1006,    // an option, key or variable has a value that it can't have
  kUnknownSetting = 1007,    // an option, key or variable that does not exist
  kInvalidDirective = 1008,  // httpd.conf: the directives contradict each other or name nothing
  kNotFound = 1009,          // a file, program, module or project is missing
  kAmbiguous = 1010,         // several candidates and no winner
  kNoPermission = 1011,      // the user who would run it may not read or write it
  kAddressInUse = 1012,      // host and port are taken
  kPython = 1013,            // Python raised an exception
  kApplication = 1014,       // the application could not be loaded or broke the WSGI contract
  kPythonVersion = 1015,     // no worker program for that Python
  kOverloaded = 1016,        // no capacity now; worth trying again
  kNotStarted = 1017,        // the request surely did not reach the application
  kInternal = 1018,          // a bug of ours
  kUsage = 1019,             // the command line can't be understood
};

struct Error {
  Errc code = Errc::kInternal;
  std::string detail;  // one sentence: what was tried, on what, why it failed, and the remedy if
                       // there is one
};

template <typename T = void>
using Result = tl::expected<T, Error>;

[[nodiscard]] tl::unexpected<Error> fail(Errc code, std::string detail);

// "open /srv/app: Permission denied", from errno as it is now.
[[nodiscard]] tl::unexpected<Error> fail_errno(std::string_view what);
[[nodiscard]] tl::unexpected<Error> fail_errno(std::string_view what, int error_number);

// "WARP1007"
[[nodiscard]] std::string error_id(Errc code);
// "WARP1007: unknown option --prot"
[[nodiscard]] std::string describe(const Error& error);
// The inverse of error_id's number for the docs page; empty for a number that means nothing.
[[nodiscard]] std::string_view errc_name(Errc code);

}  // namespace warp

#define WARP_JOIN_(a, b) a##b
#define WARP_JOIN(a, b) WARP_JOIN_(a, b)
#define WARP_TRY_(result, declaration, ...)                      \
  auto result = (__VA_ARGS__);                                   \
  if (!result) return tl::unexpected(std::move(result).error()); \
  declaration = *std::move(result)
// WARP_TRY(const Plan plan, make_plan(settings)); returns the Error to the caller, or goes on with
// the value.
#define WARP_TRY(declaration, ...) \
  WARP_TRY_(WARP_JOIN(warp_result_, __COUNTER__), declaration, __VA_ARGS__)
// WARP_CHECK(write_all(fd, bytes)); the same for a Result<> without a value.
#define WARP_CHECK(...)                                       \
  do {                                                        \
    if (auto warp_checked = (__VA_ARGS__); !warp_checked)     \
      return tl::unexpected(std::move(warp_checked).error()); \
  } while (false)
