// wsgi.input: the request's body as a file that reads on demand.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "python/gil.hpp"
#include "python/wsgi/lease.hpp"
#include "wire/request_head.hpp"
#include "worker/request_body.hpp"

namespace warp::python::wsgi {

// The state of a warp.Input. One per thread, used again for the next request unless the application
// has kept it.
class Input final {
 public:
  Input(std::shared_ptr<Lease> lease, Ref client_disconnected);

  void begin(worker::RequestBody& body, const wire::RequestHead& head);
  // Drops what was read ahead.
  void end();
  // A read has failed: what the application then raises needs no traceback in the log.
  [[nodiscard]] bool is_broken() const { return is_broken_; }

  // Bytes of the body that have come in so far because the application has read.
  [[nodiscard]] std::uint64_t received() const { return received_; }

  // nullopt for `size`: all there is.
  [[nodiscard]] Ref read(Gil& gil, std::optional<std::size_t> size);
  // One line with its end, at most `size` bytes of it.
  [[nodiscard]] Ref read_line(Gil& gil, std::optional<std::size_t> size);

 private:
  [[nodiscard]] Ref read_bytes(Gil& gil, std::optional<std::size_t> size);
  [[nodiscard]] std::size_t first_capacity(std::optional<std::size_t> size) const;
  // nullopt with an exception; 0 at the body's end.
  [[nodiscard]] std::optional<std::size_t> receive(Gil& gil, std::span<char> into);
  [[nodiscard]] std::optional<bool> read_ahead(Gil& gil);
  [[nodiscard]] std::string_view ahead() const {
    return std::string_view(ahead_).substr(ahead_begin_);
  }
  [[nodiscard]] std::size_t take_ahead(std::span<char> into);

  // Shared with start_response of the same request: either may outlive the thread in the
  // application's hands.
  std::shared_ptr<Lease> lease_;
  Ref client_disconnected_;
  worker::RequestBody* body_ = nullptr;  // valid while the lease lasts
  bool may_wait_ = true;                 // false when the whole body came with the head
  bool is_broken_ = false;
  std::uint64_t received_ = 0;
  std::optional<std::uint64_t> rest_;  // of the body, not yet received, where its length is known
  std::string ahead_;                  // received and not yet given, from ahead_begin_ on
  std::size_t ahead_begin_ = 0;
};

[[nodiscard]] Ref make_input_type();

}  // namespace warp::python::wsgi
