#include "base/result.hpp"

#include <cerrno>
#include <system_error>

namespace warp {

tl::unexpected<Error> fail(Errc code, std::string detail) {
  return tl::unexpected(Error{code, std::move(detail)});
}

tl::unexpected<Error> fail_errno(std::string_view what) { return fail_errno(what, errno); }

tl::unexpected<Error> fail_errno(std::string_view what, int error_number) {
  std::string detail(what);
  detail += ": ";
  detail += std::generic_category().message(error_number);
  return fail(Errc::kSystem, std::move(detail));
}

std::string error_id(Errc code) { return "WARP" + std::to_string(static_cast<unsigned>(code)); }

std::string describe(const Error& error) { return error_id(error.code) + ": " + error.detail; }

std::string_view errc_name(Errc code) {
  switch (code) {
    case Errc::kSystem:
      return "system call failed";
    case Errc::kTimeout:
      return "deadline passed";
    case Errc::kClosed:
      return "stream closed";
    case Errc::kProtocol:
      return "protocol violated";
    case Errc::kTooLarge:
      return "bound exceeded";
    case Errc::kInvalidSetting:
      return "invalid setting";
    case Errc::kUnknownSetting:
      return "unknown setting";
    case Errc::kInvalidDirective:
      return "invalid directive";
    case Errc::kNotFound:
      return "not found";
    case Errc::kAmbiguous:
      return "ambiguous";
    case Errc::kNoPermission:
      return "no permission";
    case Errc::kAddressInUse:
      return "address in use";
    case Errc::kPython:
      return "Python exception";
    case Errc::kApplication:
      return "application failed";
    case Errc::kPythonVersion:
      return "no worker program for this Python";
    case Errc::kOverloaded:
      return "overloaded";
    case Errc::kNotStarted:
      return "request not started";
    case Errc::kInternal:
      return "internal error";
    case Errc::kUsage:
      return "usage";
  }
  return {};
}

}  // namespace warp
