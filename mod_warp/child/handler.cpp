#include "mod_warp/child/handler.hpp"

#include "mod_warp/child/dispatch.hpp"
#include "mod_warp/child/environment.hpp"
#include "mod_warp/child/receive_response.hpp"
#include "mod_warp/child/refusal.hpp"
#include "mod_warp/child/request_id.hpp"
#include "mod_warp/log.hpp"

namespace warp {

Result<int> handle(request_rec* httpd) {
  const MatchedRequest& match = *matched(httpd);
  Installation& installation = *config_of(httpd->server).installation;
  if (installation.child == nullptr)
    return fail(Errc::kInternal, "a request in a process that is no child of httpd's");
  Journey& journey = *journey_of(httpd);
  journey.begin(*match.mount->group, Deadline::Clock::now());
  const std::uint64_t number = installation.child->next_request_id();
  journey.id = name_request(httpd, number);
  if (const int status = refusal_of(httpd); status != OK) return status;

  auto body = RequestBody::of(httpd);
  if (!body) return body.error().status;
  const std::size_t most = match.mount->group->limits.preload;
  if (const auto preloaded = body->preload(most); !preloaded) return preloaded.error().status;

  Request request{.httpd = httpd,
                  .match = match,
                  .child = *installation.child,
                  .group = installation.child->group(*match.mount->group),
                  .journey = journey,
                  .body = *std::move(body),
                  .number = number,
                  .id = journey.id,
                  .head = {}};
  if (const auto encoded = encode_head(request); !encoded) {
    log_to(httpd, APLOG_INFO, describe(encoded.error()));
    return HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
  }
  auto answer = dispatch(request);
  if (!answer) return answer.error();
  const int status = receive_response(request, *std::move(answer));
  journey.enter(Phase::kDelivery, Deadline::Clock::now());
  return status;
}

}  // namespace warp
