// Part of a response's body that a worker gives as a file: httpd sends it without a copy through
// the channel.
#pragma once

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/apache.hpp"
#include "wire/file_part.hpp"

namespace warp {

// Appends that part of the file to the brigade; its descriptor lives as long as its buckets and
// the request's pool need it. kProtocol unless it is a regular file, open for reading, that is
// large enough.
//
// EnableSendfile of the request's place is respected. The file is never mapped, whatever EnableMMAP
// says: a worker that made it shorter meanwhile would kill the child (SIGBUS).
[[nodiscard]] Result<> append_file(request_rec* request, apr_bucket_brigade* brigade,
                                   UniqueFd descriptor, const wire::FilePart& part);

}  // namespace warp
