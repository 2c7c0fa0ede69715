#include "mod_warp/child/refusal.hpp"

namespace warp {
namespace {

int status_of_refusal(const request_rec* request) {
  // A success would promise a tunnel instead of a response: RFC 9110 9.3.6.
  if (request->method_number == M_CONNECT) return HTTP_METHOD_NOT_ALLOWED;
  // The streams of HTTP/2 have a connection above them. In a request line it is nobody's protocol.
  if (request->proto_num >= HTTP_VERSION(2, 0) && request->connection->master == nullptr)
    return HTTP_VERSION_NOT_SUPPORTED;
  // Somebody before us may not have known chunks: RFC 9112 6.1.
  if (request->proto_num < HTTP_VERSION(1, 1) &&
      apr_table_get(request->headers_in, "Transfer-Encoding") != nullptr)
    return HTTP_BAD_REQUEST;
  return OK;
}

}  // namespace

int refusal_of(request_rec* request) {
  const int status = status_of_refusal(request);
  if (status != OK) request->connection->keepalive = AP_CONN_CLOSE;
  return status;
}

}  // namespace warp
