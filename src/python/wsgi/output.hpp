// The rules of a response's body between the application and the channel: the head goes with the
// first byte, what Content-Length says is kept, HEAD, 204 and 304 have no body, and nothing is sent
// with the GIL held.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "python/gil.hpp"
#include "python/wsgi/head.hpp"
#include "wire/file_part.hpp"
#include "worker/response.hpp"

namespace warp::python::wsgi {

// One per thread. Between begin and complete it belongs to one request.
class Output final {
 public:
  enum class Method : bool { kOther, kHead };
  // Whether the client understands interim responses: not before HTTP/1.1.
  enum class Hints : bool { kDropped, kSent };

  // `sendfile_roots`: the folders whose files X-Sendfile may name; none: the field passes as it is.
  explicit Output(const std::vector<std::string>& sendfile_roots)
      : sendfile_roots_(sendfile_roots) {}

  void begin(worker::Response& response, Method method, Hints hints);

  [[nodiscard]] const Head& head() const { return head_; }
  // As start_response: False with an exception.
  [[nodiscard]] bool set_head(Gil& gil, PyObject* status, PyObject* headers);
  [[nodiscard]] bool has_head() const { return head_.is_given(); }
  [[nodiscard]] bool is_head_sent() const { return is_head_sent_; }
  // Nothing more can be sent: the body is complete, or can't be, or needs nothing more.
  [[nodiscard]] bool is_ended() const { return ending_ != Ending::kOpen; }
  // The other end has gone, or reads no more.
  [[nodiscard]] bool is_client_gone() const { return is_client_gone_; }
  // What the application gives as the body is of no use: it is over, or another one takes its
  // place.
  [[nodiscard]] bool takes_no_more() const {
    return is_ended() || is_client_gone_ || is_overfull_ || !head_.sendfile().empty();
  }
  // 0: the application has given none.
  [[nodiscard]] std::uint16_t status() const {
    if (ending_ != Ending::kFailed || is_head_sent()) return head_.status();
    constexpr std::uint16_t kServerError = 500;
    constexpr std::uint16_t kGatewayTimeout = 504;
    return failure_ == worker::Failure::kTimeout ? kGatewayTimeout : kServerError;
  }
  // Bytes of the body that the application has given so far, or that are going to be sent for it.
  [[nodiscard]] std::uint64_t length() const { return given_ + kept_.size(); }

  // The whole body's length is known, before anything was sent: the server adds the Content-Length.
  void know_length(std::uint64_t length);

  // An interim response. Nothing happens when it is too late for one, when the client can't have
  // it, or when it had as many as a request may have.
  [[nodiscard]] Result<> send_hints(Gil& gil, const wire::ResponseHead& hints);

  // Needs a head. Bytes that the response has no room for are dropped.
  [[nodiscard]] Result<> send(Gil& gil, std::string_view bytes);
  // The last bytes, or none, now.
  [[nodiscard]] Result<> send_last(Gil& gil, std::string_view bytes);
  // The whole body, now. The file must hold all of the part.
  [[nodiscard]] Result<> send_file(Gil& gil, int fd, wire::FilePart part);
  // The last bytes, when complete() is called: the one send of a usual response needs no GIL
  // afterwards.
  void keep_last(std::string_view bytes);
  void keep_last_also(std::string_view bytes) { kept_ += bytes; }
  // 500 or 504 when no head has been sent, else a transfer that the client sees as broken.
  void give_up(worker::Failure why = worker::Failure::kError);
  // The same with a page that says why.
  void give_up(worker::Failure why, worker::PageForm form, std::string page);

  // Without the GIL, at the request's end: what was kept.
  void complete();

 private:
  enum class Ending { kOpen, kKept, kFailed, kDone };

  [[nodiscard]] bool has_body() const { return method_ == Method::kOther && !head_.forbids_body(); }
  [[nodiscard]] std::string_view admit(std::string_view bytes);
  [[nodiscard]] Result<> write(std::string_view bytes, worker::Last last);
  [[nodiscard]] Result<> write_file(int fd, const wire::FilePart& part);
  [[nodiscard]] Result<> end_with(std::string_view bytes);
  [[nodiscard]] Result<> end_with_named_file();
  [[nodiscard]] Result<> commit_head();
  [[nodiscard]] bool is_short() const;
  void end_short();
  void fail();

  const std::vector<std::string>& sendfile_roots_;
  worker::Response* response_ = nullptr;
  Method method_ = Method::kOther;
  Hints hints_ = Hints::kDropped;
  unsigned hints_sent_ = 0;
  Head head_;
  bool is_head_sent_ = false;
  bool is_client_gone_ = false;
  bool is_overfull_ = false;
  bool is_whole_ = false;    // the end has been sent with the last declared byte
  std::uint64_t given_ = 0;  // bytes of the body so far
  Ending ending_ = Ending::kOpen;
  worker::Failure failure_ = worker::Failure::kError;  // of kFailed
  std::optional<worker::PageForm> page_form_;          // of kFailed: `kept_` says why
  std::string kept_;
};

}  // namespace warp::python::wsgi
