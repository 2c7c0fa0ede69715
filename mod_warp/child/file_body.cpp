#include "mod_warp/child/file_body.hpp"

#include <fcntl.h>
#include <sys/stat.h>

namespace warp {
namespace {

// For filters that have to read it, the core's own without sendfile.
constexpr apr_size_t kReadSize = apr_size_t{128} << 10U;

Result<> check(int descriptor, const wire::FilePart& part) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return fail_errno("look at the worker's file");
  if (!S_ISREG(facts.st_mode))
    return fail(Errc::kProtocol, "the worker sent a descriptor that is no regular file");
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags < 0 || (flags & O_PATH) != 0 || (flags & O_ACCMODE) == O_WRONLY)
    return fail(Errc::kProtocol, "the worker sent a file that is not open for reading");
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (size < part.offset || size - part.offset < part.length)
    return fail(Errc::kProtocol, "the worker's file of " + std::to_string(size) +
                                     " bytes is too short for " + std::to_string(part.length) +
                                     " from " + std::to_string(part.offset));
  return {};
}

// A file that APR has opened or duplicated itself moves with its buckets, to wherever a filter puts
// them aside; one that it was given does not.
Result<apr_file_t*> owned_by_pool(int descriptor, apr_int32_t flags, apr_pool_t* pool) {
  apr_file_t* given = nullptr;
  apr_file_t* owned = nullptr;
  apr_status_t status = apr_os_file_put(&given, &descriptor, flags, pool);
  if (status == APR_SUCCESS) status = apr_file_dup(&owned, given, pool);
  if (status != APR_SUCCESS) return fail(Errc::kSystem, "keep the worker's file open");
  return owned;
}

}  // namespace

Result<> append_file(request_rec* request, apr_bucket_brigade* brigade, UniqueFd descriptor,
                     const wire::FilePart& part) {
  WARP_CHECK(check(descriptor.get(), part));
  const auto& settings =
      *static_cast<const core_dir_config*>(ap_get_core_module_config(request->per_dir_config));
  const apr_int32_t flags =
      APR_FOPEN_READ | APR_FOPEN_BINARY | AP_SENDFILE_ENABLED(settings.enable_sendfile);
  WARP_TRY(apr_file_t* const file, owned_by_pool(descriptor.get(), flags, request->pool));
  apr_bucket* const last =
      apr_brigade_insert_file(brigade, file, static_cast<apr_off_t>(part.offset),
                              static_cast<apr_off_t>(part.length), request->pool);
  // Both hold for all buckets of the file.
  apr_bucket_file_enable_mmap(last, 0);
  apr_bucket_file_set_buf_size(last, kReadSize);
  return {};
}

}  // namespace warp
