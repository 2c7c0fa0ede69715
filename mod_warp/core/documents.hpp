// Which paths may be files that httpd serves by itself, before an application is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp::core {

// WarpDocumentsFirst: whether files below DocumentRoot go before applications, and which folders.
struct DocumentsFirst {
  bool is_on = false;
  std::vector<std::string> indexes;  // a folder with one of these files; "*" for any but the root
};

// Not a name that begins with a dot (but .well-known, RFC 8615), nor Python's source or byte code,
// wherever in the path.
[[nodiscard]] bool may_be_document(std::string_view path);

}  // namespace warp::core
