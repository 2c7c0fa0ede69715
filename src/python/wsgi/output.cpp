#include "python/wsgi/output.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "python/wsgi/log_record.hpp"
#include "python/wsgi/sendfile.hpp"

namespace warp::python::wsgi {

using worker::Last;

namespace {

// Memory that one large response needed is not kept by every thread for ever.
constexpr std::size_t kMostKeptMemory = std::size_t{128} << 10U;

}  // namespace

void Output::begin(worker::Response& response, Method method, Hints hints) {
  response_ = &response;
  method_ = method;
  hints_ = hints;
  hints_sent_ = 0;
  head_.clear();
  is_head_sent_ = false;
  is_client_gone_ = false;
  is_overfull_ = false;
  is_whole_ = false;
  given_ = 0;
  ending_ = Ending::kOpen;
  page_form_.reset();
  kept_.clear();
}

bool Output::set_head(Gil& gil, PyObject* status, PyObject* headers) {
  return head_.assign(gil, status, headers,
                      sendfile_roots_.empty() ? Sendfile::kPassed : Sendfile::kTaken);
}

void Output::know_length(std::uint64_t length) {
  if (is_head_sent_ || head_.forbids_body() || head_.content_length()) return;
  if (!head_.sendfile().empty()) return;
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

Result<> Output::write_file(int fd, const wire::FilePart& part) {
  auto sent = response_->send_file(fd, part, Last::kYes);
  if (!sent) is_client_gone_ = true;
  return sent;
}

bool Output::is_short() const {
  return has_body() && head_.content_length() && given_ < *head_.content_length();
}

void Output::end_short() {
  log_record(LogLevel::kError, "response body is shorter than its Content-Length: declared=" +
                                   std::to_string(*head_.content_length()) +
                                   " given=" + std::to_string(given_));
  give_up();
}

Result<> Output::send_hints(Gil& gil, const wire::ResponseHead& hints) {
  if (hints_ == Hints::kDropped || is_head_sent_ || is_ended()) return {};
  if (hints_sent_ == wire::kMostInterimHeads) return {};
  ++hints_sent_;
  GilRelease wait(gil);
  auto sent = response_->send_interim(hints);
  if (!sent && sent.error().code != Errc::kTooLarge) is_client_gone_ = true;
  return sent;
}

Result<> Output::send(Gil& gil, std::string_view bytes) {
  if (!has_body()) return send_last(gil, {});
  if (!head_.sendfile().empty()) return {};
  bytes = admit(bytes);
  if (bytes.empty()) return {};
  WARP_CHECK(commit_head());
  // The declared length is the end, though the application may still run.
  is_whole_ = given_ == head_.content_length();
  GilRelease wait(gil);
  return write(bytes, is_whole_ ? Last::kYes : Last::kNo);
}

Result<> Output::send_last(Gil& gil, std::string_view bytes) {
  ending_ = Ending::kDone;
  if (is_whole_) return {};
  GilRelease wait(gil);
  return end_with(bytes);
}

Result<> Output::send_file(Gil& gil, int fd, wire::FilePart part) {
  know_length(part.length);
  if (!has_body()) return send_last(gil, {});
  part.length = std::min(part.length, *head_.content_length());
  given_ = part.length;
  ending_ = Ending::kDone;
  GilRelease wait(gil);
  if (is_short() || part.length == 0) return end_with({});
  WARP_CHECK(commit_head());
  return write_file(fd, part);
}

Result<> Output::end_with(std::string_view bytes) {
  if (!head_.sendfile().empty() && !head_.forbids_body()) return end_with_named_file();
  bytes = has_body() ? admit(bytes) : std::string_view();
  if (is_short()) {
    end_short();
    return {};
  }
  WARP_CHECK(commit_head());
  if (is_whole_) return {};
  return write(bytes, Last::kYes);
}

Result<> Output::end_with_named_file() {
  auto file = open_beneath(sendfile_roots_, head_.sendfile());
  if (!file) {
    log_record(LogLevel::kError, file.error().detail);
    give_up();
    return {};
  }
  head_.set_content_length(file->size);
  WARP_CHECK(commit_head());
  if (method_ == Method::kHead || file->size == 0) return write({}, Last::kYes);
  given_ = file->size;
  return write_file(file->descriptor.get(), {.offset = 0, .length = file->size});
}

void Output::keep_last(std::string_view bytes) {
  kept_ = bytes;
  ending_ = Ending::kKept;
}

void Output::give_up(worker::Failure why) {
  ending_ = Ending::kFailed;
  failure_ = why;
}

void Output::give_up(worker::Failure why, worker::PageForm form, std::string page) {
  give_up(why);
  page_form_ = form;
  kept_ = std::move(page);
}

void Output::fail() {
  const worker::Explanation explanation{.form = page_form_.value_or(worker::PageForm::kText),
                                        .text = kept_};
  response_->fail(failure_, page_form_ ? &explanation : nullptr);
}

void Output::complete() {
  if (ending_ == Ending::kKept) {
    ending_ = Ending::kDone;
    if (const auto sent = end_with(kept_); !sent && !is_client_gone_) {
      log_record(LogLevel::kError, "response head refused: " + sent.error().detail);
      give_up();
    }
  }
  if (is_overfull_)
    log_record(LogLevel::kWarn, "response body is longer than its Content-Length of " +
                                    std::to_string(*head_.content_length()) +
                                    ": the rest was not sent");
  is_overfull_ = false;
  if (ending_ == Ending::kFailed) fail();
  if (kept_.capacity() > kMostKeptMemory) kept_ = {};
}

}  // namespace warp::python::wsgi
