// Files that httpd serves by itself, where an application is mounted.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// The request is for a file below DocumentRoot, or a folder that httpd serves, and
// WarpDocumentsFirst says that those go before applications.
[[nodiscard]] bool is_document(request_rec* request);

// Gives the client the compressed file beside the one it asks for (site.css.br, site.css.gz), when
// it takes that and WarpPrecompressed is on here. The type stays that of the name asked for.
void prefer_compressed_sibling(request_rec* request);

}  // namespace warp
