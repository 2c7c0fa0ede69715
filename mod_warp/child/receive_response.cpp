#include "mod_warp/child/receive_response.hpp"

#include "mod_warp/child/error_page.hpp"
#include "mod_warp/child/response_bucket.hpp"
#include "mod_warp/log.hpp"
#include "wire/bytes.hpp"

namespace warp {
namespace {

class Receiver final {
 public:
  Receiver(Request& request, Lease& lease)
      : request_(request), lease_(lease), writer_(request.httpd) {}

  int run(const wire::Frame& head_frame) {
    if (const auto begun = begin(head_frame); !begun)
      return answer_failure(request_, lease_.slot(), core::Verdict::kBadGateway,
                            "the worker sent an invalid response head: " + begun.error().detail);
    if (head_frame.is_last) return finish({});
    while (true) {
      const Result<wire::Frame> frame = next();
      if (is_client_gone_) return client_gone();
      if (!frame) return break_off(cause_of(frame.error()));
      if (const std::optional<int> end = take(*frame)) return *end;
    }
  }

 private:
  Result<> begin(const wire::Frame& frame) {
    WARP_TRY(const wire::ResponseHead head, wire::decode_response_head(frame.payload));
    WARP_CHECK(writer_.begin(head));
    // httpd would read the rest of the body before it goes on; closing spares both sides that. By
    // the header and not by the connection's state, so that the response is still chunked and its
    // end can be seen.
    if (request_.body.has_long_rest())
      apr_table_setn(request_.httpd->headers_out, "Connection", "close");
    return {};
  }

  // When the worker pauses, what it has sent so far is shown to the client.
  Result<wire::Frame> next() {
    WARP_TRY(const std::optional<wire::Frame> ready, lease_.channel.try_receive());
    if (ready) return *ready;
    is_client_gone_ = writer_.flush() == Delivery::kClientGone;
    if (is_client_gone_) return fail(Errc::kClosed, "the client is gone");
    return lease_.channel.receive();
  }

  // The handler's result when this frame was the last.
  std::optional<int> take(const wire::Frame& frame) {
    switch (frame.type) {
      case wire::FrameType::kResponseBody:
        if (frame.is_last) return finish(frame.payload);
        if (writer_.write(frame.payload) == Delivery::kClientGone) return client_gone();
        return std::nullopt;
      case wire::FrameType::kCredit:
        return serve_credit(frame.payload);
      case wire::FrameType::kBroken:
        return break_off("the application failed after it had begun to answer");
      default:
        return break_off("the worker sent a frame out of order");
    }
  }

  std::optional<int> serve_credit(std::string_view payload) {
    if (payload.size() != sizeof(std::uint32_t))
      return break_off("the worker sent a malformed credit");
    // The client may wait for what has come so far before it sends more.
    if (writer_.flush() == Delivery::kClientGone) return client_gone();
    const auto served =
        request_.body.serve(lease_.channel, wire::get_number<std::uint32_t>(payload.data()));
    if (!served) return break_off(cause_of(served.error()));
    if (*served) {
      writer_.break_off();
      return DONE;
    }
    return std::nullopt;
  }

  int finish(std::string_view last_bytes) {
    // From here on the worker is free, however slow the client is.
    lease_.load.end();
    if (!writer_.completes_with(last_bytes)) {
      if (writer_.write(last_bytes) == Delivery::kClientGone) return client_gone();
      return break_off("the body is shorter than the Content-Length that the application declared");
    }
    const Delivery delivery = writer_.finish(last_bytes);
    if (writer_.was_cut())
      log_to(request_.httpd, APLOG_WARNING,
             "body cut: it is longer than the Content-Length that the application declared");
    if (lease_.channel.is_at_boundary()) lease_.give_back();
    return delivery == Delivery::kClientGone ? client_gone() : OK;
  }

  int break_off(std::string_view cause) {
    log_broken(request_, lease_.slot(), cause);
    writer_.break_off();
    return DONE;
  }

  int client_gone() {
    log_to(request_.httpd, APLOG_DEBUG, "the client hung up before its response was complete");
    return OK;
  }

  static std::string cause_of(const Error& error) {
    switch (error.code) {
      case Errc::kClosed:
        return "the worker ended before its response was complete";
      case Errc::kTimeout:
        return "the application was silent for too long";
      case Errc::kProtocol:
        return "the worker broke the protocol: " + error.detail;
      default:
        return error.detail;
    }
  }

  Request& request_;
  Lease& lease_;
  ResponseWriter writer_;
  bool is_client_gone_ = false;
};

}  // namespace

int receive_response(Request& request, Answer answer) {
  return Receiver(request, answer.lease).run(answer.head);
}

}  // namespace warp
