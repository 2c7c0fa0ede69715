#include "python/wsgi/output.hpp"

#include "base/log.hpp"

namespace warp::python::wsgi {

using worker::Last;

namespace {

// Memory that one large response needed is not kept by every thread for ever.
constexpr std::size_t kMostKeptMemory = std::size_t{128} << 10U;

}  // namespace

void Output::begin(worker::Response& response, Method method) {
  response_ = &response;
  method_ = method;
  head_.clear();
  is_head_sent_ = false;
  is_client_gone_ = false;
  is_overfull_ = false;
  is_whole_ = false;
  given_ = 0;
  ending_ = Ending::kOpen;
  kept_.clear();
}

void Output::know_length(std::uint64_t length) {
  if (is_head_sent_ || head_.forbids_body() || head_.content_length()) return;
  // An application that leaves the body of a HEAD out does not say that the body of a GET would be
  // empty.
  if (method_ == Method::kHead && length == 0) return;
  head_.set_content_length(length);
}

std::string_view Output::admit(std::string_view bytes) {
  const auto declared = head_.content_length();
  if (declared && bytes.size() > *declared - given_) {
    is_overfull_ = true;
    bytes = bytes.substr(0, static_cast<std::size_t>(*declared - given_));
  }
  given_ += bytes.size();
  return bytes;
}

Result<> Output::commit_head() {
  if (is_head_sent_) return {};
  WARP_CHECK(response_->set_head(head_.to_wire()));
  is_head_sent_ = true;
  return {};
}

Result<> Output::write(std::string_view bytes, Last last) {
  auto sent = response_->write(bytes, last);
  if (!sent) is_client_gone_ = true;
  return sent;
}

bool Output::is_short() const {
  return has_body() && head_.content_length() && given_ < *head_.content_length();
}

void Output::end_short() {
  log_error("response body is shorter than its Content-Length",
            {{"declared", *head_.content_length()}, {"given", given_}});
  give_up();
}

Result<> Output::send(Gil& gil, std::string_view bytes) {
  if (!has_body()) return send_last(gil, {});
  bytes = admit(bytes);
  if (bytes.empty()) return {};
  WARP_CHECK(commit_head());
  // The declared length is the end, though the application may still run.
  is_whole_ = given_ == head_.content_length();
  GilRelease wait(gil);
  return write(bytes, is_whole_ ? Last::kYes : Last::kNo);
}

Result<> Output::send_last(Gil& gil, std::string_view bytes) {
  bytes = has_body() ? admit(bytes) : std::string_view();
  if (is_short()) {
    end_short();
    return {};
  }
  WARP_CHECK(commit_head());
  ending_ = Ending::kDone;
  if (is_whole_) return {};
  GilRelease wait(gil);
  return write(bytes, Last::kYes);
}

void Output::keep_last(std::string_view bytes) {
  kept_ = bytes;
  ending_ = Ending::kKept;
}

void Output::give_up() { ending_ = Ending::kFailed; }

void Output::complete() {
  if (ending_ == Ending::kKept) {
    const std::string_view bytes = has_body() ? admit(kept_) : std::string_view();
    if (is_short()) {
      end_short();
    } else if (auto sent = commit_head(); !sent) {
      log_error("response head refused", {{"reason", describe(sent.error())}});
      ending_ = Ending::kFailed;
    } else if (sent = write(bytes, Last::kYes); !sent) {
      log_debug("response not sent", {{"reason", describe(sent.error())}});
    }
  }
  if (ending_ == Ending::kFailed) response_->fail();
  if (kept_.capacity() > kMostKeptMemory) kept_ = {};
}

}  // namespace warp::python::wsgi
