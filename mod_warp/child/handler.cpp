#include "mod_warp/child/handler.hpp"

#include "mod_warp/child/dispatch.hpp"
#include "mod_warp/child/environment.hpp"
#include "mod_warp/child/receive_response.hpp"
#include "mod_warp/log.hpp"

namespace warp {

Result<int> handle(request_rec* httpd) {
  const MatchedRequest& match = *matched(httpd);
  Installation& installation = *config_of(httpd->server).installation;
  if (installation.child == nullptr)
    return fail(Errc::kInternal, "a request in a process that is no child of httpd's");

  auto body = RequestBody::of(httpd);
  if (!body) return body.error().status;
  if (const auto preloaded = body->preload(); !preloaded) return preloaded.error().status;

  Request request{.httpd = httpd,
                  .match = match,
                  .child = *installation.child,
                  .group = installation.child->group(*match.mount->group),
                  .body = *std::move(body),
                  .head = {}};
  if (const auto encoded = encode_head(request); !encoded) {
    log_to(httpd, APLOG_INFO, describe(encoded.error()));
    return HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
  }
  auto answer = dispatch(request);
  if (!answer) return answer.error();
  return receive_response(request, *std::move(answer));
}

}  // namespace warp
