// A response on its way into httpd's output filters.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/core/response_rules.hpp"
#include "wire/response_head.hpp"

namespace warp {

enum class Delivery : std::uint8_t { kDelivered, kClientGone };

class ResponseWriter final {
 public:
  explicit ResponseWriter(request_rec* request);

  // Status and fields; kProtocol for a Content-Length that is none. Nothing is sent yet.
  [[nodiscard]] Result<> begin(const wire::ResponseHead& head);
  // The bytes are only needed during the call.
  [[nodiscard]] Delivery write(std::string_view bytes);
  // What has been written reaches the client now.
  [[nodiscard]] Delivery flush();

  // Before finish(): whether the body that was declared is there when these last bytes are.
  [[nodiscard]] bool completes_with(std::string_view last_bytes) const;
  // The last bytes and the end in one pass, from which httpd derives a Content-Length when it was
  // the only one.
  [[nodiscard]] Delivery finish(std::string_view last_bytes);
  // Ends the response so that the client sees that it is not whole.
  void break_off();

  // Bytes past the declared length have been dropped.
  [[nodiscard]] bool was_cut() const { return was_cut_; }

 private:
  [[nodiscard]] Result<> set_field(const wire::HeaderField& field);
  [[nodiscard]] Result<> set_length(std::string_view value);
  void append(std::string_view bytes);
  [[nodiscard]] Delivery pass();

  request_rec* request_;
  apr_bucket_brigade* brigade_;
  std::optional<std::uint64_t> declared_;
  core::BodyLength length_;
  bool is_without_body_ = false;
  bool was_cut_ = false;
};

}  // namespace warp
