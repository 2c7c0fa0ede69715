#include "mod_warp/child/receive_response.hpp"

#include "mod_warp/child/error_page.hpp"
#include "mod_warp/child/farewell.hpp"
#include "mod_warp/child/request_id.hpp"
#include "mod_warp/child/response_bucket.hpp"
#include "mod_warp/child/trouble.hpp"
#include "mod_warp/config/directory_config.hpp"
#include "mod_warp/log.hpp"

namespace warp {
namespace {

class Receiver final {
 public:
  Receiver(Request& request, Conversation& worker)
      : request_(request), worker_(worker), writer_(request.httpd) {}

  int run(const wire::Frame& head_frame) {
    if (const auto begun = begin(head_frame); !begun)
      return answer_bad_gateway("the worker sent an invalid response head: " +
                                begun.error().detail);
    if (is_for_error_page()) return give_to_error_page(head_frame.is_last);
    if (head_frame.is_last) return finish();
    while (true) {
      const Heard<wire::Frame> frame = next();
      if (is_client_gone_) return client_gone();
      if (!frame) return break_off(frame.error());
      if (const std::optional<int> end = take(*frame)) return *end;
    }
  }

 private:
  Result<> begin(const wire::Frame& frame) {
    if (const std::size_t most = request_.group.group.limits.response_head;
        frame.payload.size() > most)
      return fail(Errc::kTooLarge, std::to_string(frame.payload.size()) +
                                       " bytes exceed response-head-size=" + std::to_string(most));
    WARP_TRY(const wire::ResponseHead head, wire::decode_response_head(frame.payload));
    WARP_CHECK(writer_.begin(head));
    yield_to_own_id(request_.httpd);
    // httpd would read the rest of the body before it goes on; closing spares both sides that. By
    // the header and not by the connection's state, so that the response is still chunked and its
    // end can be seen.
    if (request_.body.has_long_rest())
      apr_table_setn(request_.httpd->err_headers_out, "Connection", "close");
    // Again: it may have become time since the request came.
    say_farewell(request_.httpd);
    return {};
  }

  [[nodiscard]] bool is_for_error_page() const {
    return request_.httpd->main == nullptr &&
           core::is_error(static_cast<std::uint16_t>(request_.httpd->status)) &&
           directory_config_of(request_.httpd).overrides_errors();
  }

  // The application's own page is only looked through for its end, for the channel's sake.
  int give_to_error_page(bool has_ended) {
    worker_.end_load();
    while (!has_ended) {
      const auto frame = worker_.try_next();
      if (!frame || !*frame || !is_body((*frame)->type)) break;
      has_ended = (*frame)->is_last;
    }
    if (has_ended) worker_.end();
    writer_.yield_to_error_page();
    return request_.httpd->status;
  }

  static bool is_body(wire::FrameType type) {
    return type == wire::FrameType::kResponseBody || type == wire::FrameType::kResponseFile;
  }

  // When the worker pauses, what it has sent so far is shown to the client.
  Heard<wire::Frame> next() {
    auto ready = worker_.try_next();
    if (!ready) return tl::unexpected(std::move(ready).error());
    if (*ready) return **ready;
    is_client_gone_ = writer_.flush() == Delivery::kClientGone;
    if (is_client_gone_) return tl::unexpected(Interruption{});
    return worker_.next();
  }

  // The handler's result when this frame was the last.
  std::optional<int> take(const wire::Frame& frame) {
    switch (frame.type) {
      case wire::FrameType::kResponseBody:
        writer_.add(frame.payload);
        return go_on(frame.is_last);
      case wire::FrameType::kResponseFile:
        if (const auto added = add_file(frame.payload); !added)
          return break_off({.error = added.error(), .client_status = {}});
        return go_on(frame.is_last);
      case wire::FrameType::kBroken:
        return break_off("the application failed after it had begun to answer");
      default:
        return break_off("the worker sent a frame out of order");
    }
  }

  Result<> add_file(std::string_view payload) {
    WARP_TRY(const wire::FilePart part, wire::decode_file_part(payload));
    return writer_.add_file(worker_.take_descriptor(), part);
  }

  std::optional<int> go_on(bool is_last) {
    if (is_last) return finish();
    // One write for all that is here.
    if (worker_.has_more_of_body()) return std::nullopt;
    if (writer_.pass() == Delivery::kClientGone) return client_gone();
    return std::nullopt;
  }

  int finish() {
    worker_.end_load();
    if (!writer_.is_complete()) {
      if (writer_.pass() == Delivery::kClientGone) return client_gone();
      return break_off("the body is shorter than the Content-Length that the application declared");
    }
    if (const int status = writer_.check_conditions(); status != OK) {
      worker_.end();
      return status;
    }
    const Delivery delivery = writer_.finish();
    if (request_.body.has_rest()) writer_.send_now();
    if (writer_.was_cut())
      log_to(request_.httpd, APLOG_WARNING,
             "body cut: it is longer than the Content-Length that the application declared");
    worker_.end();
    return delivery == Delivery::kClientGone ? client_gone() : OK;
  }

  int break_off(const Interruption& interruption) {
    if (!interruption.client_status) return break_off(interruption.error);
    if (*interruption.client_status == kClientClosedRequest) return client_gone();
    if (writer_.is_unsent()) return *interruption.client_status;
    writer_.break_off();
    return DONE;
  }

  int break_off(const Error& error) {
    if (error.code != Errc::kTimeout) return break_off(cause_of(error));
    count(core::TallyEvent::kRequestTimeout);
    if (!writer_.is_unsent()) return break_off(cause_of(error));
    return answer_failure(request_, worker_.slot(), core::Verdict::kGatewayTimeout,
                          cause_of(error));
  }

  int break_off(std::string_view cause) {
    if (writer_.is_unsent()) return answer_bad_gateway(cause);
    count(core::TallyEvent::kBrokenOff);
    log_broken(request_, worker_.slot(), cause);
    writer_.break_off();
    return DONE;
  }

  int answer_bad_gateway(std::string_view cause) {
    count(core::TallyEvent::kBadAnswer);
    return answer_failure(request_, worker_.slot(), core::Verdict::kBadGateway, cause);
  }

  void count(core::TallyEvent event) { request_.group.tally.count(event); }

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
  Conversation& worker_;
  ResponseWriter writer_;
  bool is_client_gone_ = false;
};

}  // namespace

int receive_response(Request& request, Answer answer) {
  const int status = Receiver(request, answer.worker).run(answer.head);
  answer.worker.hang_up();
  return status;
}

}  // namespace warp
