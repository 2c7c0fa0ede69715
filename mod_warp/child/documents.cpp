#include "mod_warp/child/documents.hpp"

#include <fcntl.h>

#include <array>

#include "base/unique_fd.hpp"
#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/config/server_config.hpp"
#include "mod_warp/core/accept_encoding.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

struct Coding {
  const char* name;
  const char* ending;
};
// The better first.
constexpr std::array kCodings = {Coding{"br", ".br"}, Coding{"gzip", ".gz"}};

apr_filetype_e type_of(const char* path, apr_pool_t* pool) {
  apr_finfo_t info{};
  const apr_status_t status = apr_stat(&info, path, APR_FINFO_TYPE, pool);
  return status == APR_SUCCESS || status == APR_INCOMPLETE ? info.filetype : APR_NOFILE;
}

bool is_served_folder(const core::DocumentsFirst& documents, request_rec* request,
                      const std::string& folder) {
  const bool is_root = std::string_view(request->uri) == "/";
  for (const std::string& index : documents.indexes) {
    if (index == "*" ? !is_root : type_of((folder + "/" + index).c_str(), request->pool) == APR_REG)
      return true;
  }
  return false;
}

// A file that httpd's own handler sends as it is. A link in its place could lead anywhere.
bool is_plain_file(const apr_finfo_t& info) {
  return info.filetype == APR_REG && (info.valid & APR_FINFO_SIZE) != 0;
}

// One that httpd's user may not read is not there: the file itself can be sent.
bool is_readable(const char* path) {
  return static_cast<bool>(UniqueFd(::open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)));
}

// Not for a subrequest, whose bytes become part of a page that is not compressed.
bool is_for_httpd(const request_rec* request) {
  return request->main == nullptr && request->method_number == M_GET &&
         request->finfo.filetype == APR_REG && request->filename != nullptr &&
         request->handler == nullptr && text_or_empty(request->content_encoding).empty();
}

}  // namespace

bool is_document(request_rec* request) {
  const auto& documents = config_of(request->server).documents_first;
  if (!documents || !documents->is_on || request->uri == nullptr || *request->uri != '/' ||
      !core::may_be_document(request->uri))
    return false;
  const std::string path = std::string(text_or_empty(ap_document_root(request))) + request->uri;
  switch (type_of(path.c_str(), request->pool)) {
    case APR_REG:
      return true;
    case APR_DIR:
      return is_served_folder(*documents, request, path);
    default:
      return false;
  }
}

void prefer_compressed_sibling(request_rec* request) {
  if (!directory_config_of(request).serves_precompressed() || !is_for_httpd(request)) return;
  const std::string_view accepted =
      text_or_empty(apr_table_get(request->headers_in, "Accept-Encoding"));
  const Coding* chosen = nullptr;
  apr_finfo_t chosen_info{};
  unsigned most = 0;
  bool is_choice = false;
  for (const Coding& coding : kCodings) {
    const char* const path = apr_pstrcat(request->pool, request->filename, coding.ending, nullptr);
    apr_finfo_t info{};
    const apr_status_t status =
        apr_stat(&info, path, APR_FINFO_MIN | APR_FINFO_LINK, request->pool);
    if ((status != APR_SUCCESS && status != APR_INCOMPLETE) || !is_plain_file(info) ||
        !is_readable(path))
      continue;
    is_choice = true;
    const unsigned wanted = core::wanted(accepted, coding.name);
    if (wanted <= most) continue;
    most = wanted;
    chosen = &coding;
    chosen_info = info;
  }
  if (is_choice) apr_table_mergen(request->headers_out, "Vary", "Accept-Encoding");
  if (chosen == nullptr) return;
  request->filename = apr_pstrcat(request->pool, request->filename, chosen->ending, nullptr);
  request->finfo = chosen_info;
  request->content_encoding = chosen->name;
}

}  // namespace warp
