#include "mod_warp/child/response_bucket.hpp"

#include <limits>

#include "base/strings.hpp"
#include "mod_warp/child/file_body.hpp"
#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// Each of them keeps a descriptor open until the request's end.
constexpr unsigned kMostFiles = 16;

const char* status_line(apr_pool_t* pool, const wire::ResponseHead& head) {
  std::string line = std::to_string(head.status);
  line += ' ';
  line += head.reason.empty() ? std::string_view("Unknown") : head.reason;
  return pool_text(pool, line);
}

// httpd knows the phrase of a usual status; any other would come out as 500.
bool needs_line(const wire::ResponseHead& head) {
  return !head.reason.empty() ||
         ap_index_of_response(head.status) == ap_index_of_response(HTTP_INTERNAL_SERVER_ERROR);
}

}  // namespace

ResponseWriter::ResponseWriter(request_rec* request)
    : request_(request),
      brigade_(apr_brigade_create(request->pool, request->connection->bucket_alloc)) {}

Result<> ResponseWriter::begin(const wire::ResponseHead& head) {
  request_->status = head.status;
  if (needs_line(head)) request_->status_line = status_line(request_->pool, head);
  is_without_body_ = core::has_no_body(head.status);
  for (const wire::HeaderField& field : head.fields) WARP_CHECK(set_field(field));
  if (declared_ && head.status != HTTP_NO_CONTENT)
    ap_set_content_length(request_, static_cast<apr_off_t>(*declared_));
  // What a response to HEAD declares is not what comes.
  if (request_->header_only == 0 && !is_without_body_) length_ = core::BodyLength(declared_);
  return {};
}

Result<> ResponseWriter::set_field(const wire::HeaderField& field) {
  if (equals_ignoring_case(field.name, "content-length")) return set_length(field.value);
  if (core::is_hop_by_hop(field.name)) return {};
  char* const value = pool_text(request_->pool, field.value);
  if (equals_ignoring_case(field.name, "content-type"))
    ap_set_content_type(request_, value);
  else
    apr_table_addn(request_->headers_out, pool_text(request_->pool, field.name), value);
  return {};
}

Result<> ResponseWriter::set_length(std::string_view value) {
  constexpr std::uint64_t kMost = std::numeric_limits<apr_off_t>::max();
  const auto length = parse_unsigned(trim(value));
  if (!length || *length > kMost || (declared_ && *declared_ != *length))
    return fail(Errc::kProtocol, "Content-Length '" + printable(value) + "' is not one length");
  declared_ = *length;
  return {};
}

std::uint64_t ResponseWriter::admit(std::uint64_t size) {
  if (is_without_body_) return 0;
  const std::uint64_t fitting = length_.admit(size);
  was_cut_ = was_cut_ || fitting < size;
  return fitting;
}

void ResponseWriter::add(std::string_view bytes) {
  const std::uint64_t fitting = admit(bytes.size());
  if (fitting == 0) return;
  apr_bucket* const bucket = apr_bucket_transient_create(
      bytes.data(), static_cast<apr_size_t>(fitting), request_->connection->bucket_alloc);
  APR_BRIGADE_INSERT_TAIL(brigade_, bucket);
}

Result<> ResponseWriter::add_file(UniqueFd descriptor, const wire::FilePart& part) {
  if (++files_ > kMostFiles)
    return fail(Errc::kProtocol, "the worker sent too many files for one response");
  const std::uint64_t fitting = admit(part.length);
  if (fitting == 0) return {};
  return append_file(request_, brigade_, std::move(descriptor),
                     {.offset = part.offset, .length = fitting});
}

Delivery ResponseWriter::pass() {
  if (APR_BRIGADE_EMPTY(brigade_)) return Delivery::kDelivered;
  was_passed_ = true;
  const apr_status_t status = ap_pass_brigade(request_->output_filters, brigade_);
  apr_brigade_cleanup(brigade_);
  if (status == APR_SUCCESS && request_->connection->aborted == 0) return Delivery::kDelivered;
  // A filter could not do its work, and has not answered in our place: httpd would end the
  // response in order.
  if (status != AP_FILTER_ERROR && request_->connection->aborted == 0 && !has_ended_) break_off();
  return Delivery::kClientGone;
}

Delivery ResponseWriter::flush() {
  apr_bucket* const bucket = apr_bucket_flush_create(request_->connection->bucket_alloc);
  APR_BRIGADE_INSERT_TAIL(brigade_, bucket);
  return pass();
}

int ResponseWriter::check_conditions() {
  const bool is_asked = is_unsent() && request_->method_number == M_GET &&
                        request_->status == HTTP_OK &&
                        (apr_table_get(request_->headers_out, "ETag") != nullptr ||
                         apr_table_get(request_->headers_out, "Last-Modified") != nullptr);
  if (!is_asked) return OK;
  const int status = ap_meets_conditions(request_);
  if (status != OK) apr_brigade_cleanup(brigade_);
  return status;
}

// An application that speaks of ranges itself has the last word.
void ResponseWriter::offer_ranges() {
  if (apr_table_get(request_->headers_out, "Accept-Ranges") != nullptr)
    ap_remove_output_filter_byhandle(request_->output_filters, "BYTERANGE");
  else if (files_ > 0 && request_->status == HTTP_OK)
    ap_set_accept_ranges(request_);
}

Delivery ResponseWriter::finish() {
  if (is_unsent()) offer_ranges();
  apr_bucket* const end = apr_bucket_eos_create(request_->connection->bucket_alloc);
  APR_BRIGADE_INSERT_TAIL(brigade_, end);
  const Delivery delivery = pass();
  has_ended_ = true;
  return delivery;
}

// Past the request's own filters, which have seen their last bucket.
void ResponseWriter::send_now() {
  (void)ap_fflush(request_->connection->output_filters, brigade_);
  apr_brigade_cleanup(brigade_);
}

void ResponseWriter::yield_to_error_page() {
  for_each_entry(request_->headers_out, [&](std::string_view name, std::string_view value) {
    if (core::survives_error_page(name))
      apr_table_addn(request_->err_headers_out, name.data(), value.data());
  });
}

// As mod_proxy does it: the chunk filter knows this bucket and leaves out the last chunk.
void ResponseWriter::break_off() {
  has_ended_ = true;
  request_->no_cache = 1;
  if (request_->main != nullptr) request_->main->no_cache = 1;
  request_->connection->keepalive = AP_CONN_CLOSE;
  apr_bucket_alloc_t* const allocator = request_->connection->bucket_alloc;
  apr_bucket* const error =
      ap_bucket_error_create(HTTP_BAD_GATEWAY, nullptr, request_->pool, allocator);
  APR_BRIGADE_INSERT_TAIL(brigade_, error);
  apr_bucket* const end = apr_bucket_eos_create(allocator);
  APR_BRIGADE_INSERT_TAIL(brigade_, end);
  (void)pass();
}

}  // namespace warp
