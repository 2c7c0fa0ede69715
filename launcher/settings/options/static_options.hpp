// What httpd serves by itself, and how.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kStatic = "Static files";

inline constexpr std::array kStaticOptions = {
    Option{.name = "url-alias",
           .shape = Shape::kPairs,
           .value_name = "URL PATH",
           .group = kStatic,
           .help = "A folder or file that httpd serves itself at a URL",
           .store = store_path_pairs<&Settings::url_aliases>},
    Option{.name = "document-root",
           .value_name = "DIR",
           .group = kStatic,
           .help = "A folder whose files httpd serves itself: a request for one that exists does "
                   "not reach the application. Files and folders whose names start with a dot "
                   "(but .well-known), and Python's own files, never are",
           .store = store_path<&Settings::document_root>},
    Option{.name = "directory-index",
           .shape = Shape::kMany,
           .value_name = "NAME",
           .group = kStatic,
           .help = "A file that is served for its folder, like index.html",
           .store = store_texts<&Settings::directory_index>},
    Option{.name = "directory-listing",
           .shape = Shape::kFlag,
           .group = kStatic,
           .help = "Serve a list of its files for a folder",
           .store = store_flag<&Settings::directory_listing>},
    Option{.name = "follow-symlinks",
           .shape = Shape::kFlag,
           .group = kStatic,
           .help = "Serve what symbolic links lead to, if link and target belong to the same user",
           .store = store_flag<&Settings::follow_symlinks>},
    Option{.name = "compress-responses",
           .shape = Shape::kFlag,
           .group = kStatic,
           .help = "Compress text on its way to clients that take it, files and the application's "
                   "responses alike, with Brotli or gzip. A file that has a compressed one beside "
                   "it (site.css.br, site.css.gz) needs none of that",
           .store = store_flag<&Settings::compress_responses>},
    Option{.name = "mime-types",
           .value_name = "FILE",
           .otherwise = "/etc/mime.types, else a short list",
           .group = kStatic,
           .help = "Content types by file name extension",
           .store = store_path<&Settings::mime_types>},
};

}  // namespace warp
