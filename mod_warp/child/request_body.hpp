// The body of a request, read from httpd's input filters as far as the application wants it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "mod_warp/apache.hpp"
#include "wire/request_head.hpp"

namespace warp {

// A status with which httpd ends the request: the client has sent a wrong or too large body, or is
// gone.
struct BodyProblem {
  int status = 0;
};

class RequestBody final {
 public:
  // Looks at the header only. A Content-Length over LimitRequestBody is a problem at once.
  [[nodiscard]] static tl::expected<RequestBody, BodyProblem> of(request_rec* request);

  // Reads what is there already, up to `most` bytes, without waiting. Nothing of a body that the
  // client holds back (Expect: 100-continue): reading would ask for it.
  [[nodiscard]] tl::expected<void, BodyProblem> preload(std::size_t most);

  [[nodiscard]] wire::BodyKind kind() const { return kind_; }
  [[nodiscard]] std::uint64_t declared_length() const { return declared_length_; }
  [[nodiscard]] std::string_view preloaded() const { return preloaded_; }
  [[nodiscard]] bool is_preload_whole() const { return preload_is_whole_; }

  // The worker wants up to so many bytes more. kProtocol for none, while an earlier credit is open,
  // and when there is nothing more.
  [[nodiscard]] Result<> open_credit(std::uint32_t bytes);
  [[nodiscard]] bool has_open_credit() const { return credit_ > 0; }
  // The worker that gave it is gone.
  void forget_credit() { credit_ = 0; }

  // Answers the open credit with one frame, with an abort in case of a problem. Without waiting the
  // credit stays open when nothing has arrived. The outer result is about the channel.
  [[nodiscard]] Result<std::optional<BodyProblem>> serve(channel::Channel& channel,
                                                         apr_read_type_e blocking);
  // Tells the worker that nothing more comes.
  [[nodiscard]] Result<std::optional<BodyProblem>> abort(channel::Channel& channel,
                                                         BodyProblem problem);
  // Bytes past the preload have been read: no other worker could get them.
  [[nodiscard]] bool was_consumed() const { return was_consumed_; }

  // Something is left that the client has yet to send, or has sent and nobody has read.
  [[nodiscard]] bool has_rest() const { return kind_ != wire::BodyKind::kNone && !is_at_end_; }
  // More is left than is worth reading only to keep the connection.
  [[nodiscard]] bool has_long_rest() const;

 private:
  RequestBody(request_rec* request, wire::BodyKind kind, std::uint64_t declared_length)
      : request_(request), kind_(kind), declared_length_(declared_length) {}

  [[nodiscard]] tl::expected<void, BodyProblem> gather(std::string& out, std::size_t most,
                                                       apr_read_type_e first_read);
  [[nodiscard]] apr_status_t read_from_filters(std::size_t most, apr_read_type_e blocking);
  [[nodiscard]] apr_status_t take_buckets(std::string& out, std::size_t most);

  request_rec* request_;
  wire::BodyKind kind_;
  std::uint64_t declared_length_;
  std::uint64_t read_ = 0;
  bool is_at_end_ = false;
  bool preload_is_whole_ = false;
  bool was_consumed_ = false;
  std::size_t credit_ = 0;
  std::string preloaded_;
  std::string piece_;
  apr_bucket_brigade* brigade_ = nullptr;  // what was read and not yet taken
};

}  // namespace warp
