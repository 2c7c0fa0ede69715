// The response on its way to httpd's child: head, body and end leave in as few writes as can be.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "wire/file_part.hpp"
#include "wire/response_head.hpp"
#include "worker/outlet.hpp"

namespace warp::scoreboard {
class Recorder;
}

namespace warp::worker {

enum class Last : bool { kNo, kYes };

// Why there is no response of the application's: 500 or 504.
enum class Failure : bool { kError, kTimeout };

enum class PageForm : bool { kText, kHtml };

// What a developer sees in place of the page that tells nothing.
struct Explanation {
  PageForm form = PageForm::kText;
  std::string_view text;
};

// Used by one thread at a time, which need not be the body's reader, without the GIL.
class Response final {
 public:
  // `recorder`, which may be null, is told of the interpreter's lock, when the application is
  // called and when the head leaves.
  explicit Response(Outlet& outlet, scoreboard::Recorder* recorder = nullptr);

  // The thread that serves the request has the interpreter's lock now.
  void interpreter_taken(std::chrono::nanoseconds waited);
  // The application is about to be called: from here on the request counts as started.
  void application_called();

  // Keeps the head back until the first write, finish or send_head. Replaces an earlier head that
  // has not been sent (an assertion if it has). kTooLarge past the wire's bound.
  [[nodiscard]] Result<> set_head(const wire::ResponseHead& head);
  [[nodiscard]] bool has_head() const { return has_head_; }
  [[nodiscard]] bool is_head_sent() const { return head_sent_; }

  // Sends the head if it has not been sent, the bytes, and with Last::kYes the end, in one write
  // when they fit one frame. An empty, not last write sends the head alone. kClosed: nobody reads
  // any more; kTimeout.
  [[nodiscard]] Result<> write(std::string_view bytes, Last last);
  // The same with part of a regular file, which need not lie in memory: httpd reads it. The
  // descriptor stays the caller's, who has checked that the file is that long.
  [[nodiscard]] Result<> send_file(int fd, const wire::FilePart& part, Last last);

  // A response before the response: status kEarlyHints. kInternal once the head has been sent;
  // kTooLarge past the wire's bounds on its size and on their number.
  [[nodiscard]] Result<> send_interim(const wire::ResponseHead& head);

  // Ends the body; nothing happens when it has been ended.
  [[nodiscard]] Result<> finish();
  // Tells the child that the response can't be completed (the client sees a broken transfer), or
  // 500 or 504 when no head was sent.
  void fail(Failure why = Failure::kError, const Explanation* explanation = nullptr);

  // Somebody still waits for it: neither httpd nor, as far as httpd knows, the client has gone.
  [[nodiscard]] bool is_awaited() const { return outlet_.is_connected(); }

  // Ended in order: the channel can carry another request.
  [[nodiscard]] bool is_finished() const { return finished_; }

 private:
  [[nodiscard]] Result<> check_open() const;
  [[nodiscard]] Result<> send(std::string_view bytes, Last last);
  [[nodiscard]] Result<> send_some(std::string_view& bytes, Last last);
  [[nodiscard]] std::optional<wire::FilePart> share(std::string_view& bytes);
  [[nodiscard]] Result<> send_frames(std::span<const channel::OutgoingFrame> frames);

  Outlet& outlet_;
  scoreboard::Recorder* recorder_;
  std::string head_;  // encoded
  bool has_head_ = false;
  bool head_sent_ = false;
  bool finished_ = false;
  std::size_t shared_ = 0;      // bytes of the body that went through the memory for it
  unsigned interim_heads_ = 0;  // sent
  std::optional<Error> error_;  // why nothing can be sent any more
};

}  // namespace warp::worker
