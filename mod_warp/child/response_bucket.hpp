// A response on its way into httpd's output filters.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/core/response_rules.hpp"
#include "wire/file_part.hpp"
#include "wire/response_head.hpp"

namespace warp {

enum class Delivery : std::uint8_t { kDelivered, kClientGone };

class ResponseWriter final {
 public:
  explicit ResponseWriter(request_rec* request);

  // Status and fields; kProtocol for a Content-Length that is none. Nothing is sent yet.
  [[nodiscard]] Result<> begin(const wire::ResponseHead& head);

  // Appends to what is passed on next; what exceeds the declared length is dropped. The bytes are
  // needed until then.
  void add(std::string_view bytes);
  [[nodiscard]] Result<> add_file(UniqueFd descriptor, const wire::FilePart& part);
  // Passes on what has been added.
  [[nodiscard]] Delivery pass();
  // What has been added and passed on reaches the client now.
  [[nodiscard]] Delivery flush();

  // Nothing has been passed on: the client can still get something else.
  [[nodiscard]] bool is_unsent() const { return !was_passed_; }
  // The body that was declared has been added.
  [[nodiscard]] bool is_complete() const { return !length_.is_short(); }
  // For a whole response that is unsent: OK, or the status that answers the request's conditions
  // (If-None-Match and its like) in its place, when the application named what to compare with.
  [[nodiscard]] int check_conditions();
  // Passes the end on, together with what has been added: for a whole response httpd then derives
  // the Content-Length, or cuts out the ranges that are asked for.
  [[nodiscard]] Delivery finish();
  // After finish(): the end reaches the client now, and not when httpd has read the rest of the
  // request's body, which the client may hold back until it has its answer.
  void send_now();

  // Leaves the header's place to httpd's error page, with the fields that it needs.
  void yield_to_error_page();
  // Ends the response so that the client sees that it is not whole.
  void break_off();

  // Bytes past the declared length have been dropped.
  [[nodiscard]] bool was_cut() const { return was_cut_; }

 private:
  [[nodiscard]] Result<> set_field(const wire::HeaderField& field);
  [[nodiscard]] Result<> set_length(std::string_view value);
  [[nodiscard]] std::uint64_t admit(std::uint64_t size);
  void offer_ranges();

  request_rec* request_;
  apr_bucket_brigade* brigade_;
  std::optional<std::uint64_t> declared_;
  core::BodyLength length_;
  bool is_without_body_ = false;
  bool was_cut_ = false;
  unsigned files_ = 0;
  bool was_passed_ = false;
  bool has_ended_ = false;
};

}  // namespace warp
