// The response on its way to httpd's child: head, body and end leave in as few writes as can be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "wire/response_head.hpp"

namespace warp::scoreboard {
class Recorder;
}

namespace warp::worker {

class RequestBody;

enum class Last : bool { kNo, kYes };

// Used by one thread at a time, without the GIL.
class Response final {
 public:
  // May be null: `recorder` is told when the head leaves, `body` when the response ends.
  explicit Response(channel::Channel& channel, scoreboard::Recorder* recorder = nullptr,
                    RequestBody* body = nullptr);

  // Keeps the head back until the first write, finish or send_head. Replaces an earlier head that
  // has not been sent (an assertion if it has). kTooLarge past the wire's bound.
  [[nodiscard]] Result<> set_head(const wire::ResponseHead& head);
  [[nodiscard]] bool has_head() const { return has_head_; }
  [[nodiscard]] bool is_head_sent() const { return head_sent_; }

  // Sends the head if it has not been sent, the bytes, and with Last::kYes the end, in one write
  // when they fit one frame. An empty, not last write sends the head alone. kClosed: nobody reads
  // any more; kTimeout.
  [[nodiscard]] Result<> write(std::string_view bytes, Last last);
  // Ends the body; nothing happens when it has been ended.
  [[nodiscard]] Result<> finish();
  // Tells the child that the response can't be completed (the client sees a broken transfer), or
  // 500 when no head was sent.
  void fail();

  // Ended in order: the channel can carry another request.
  [[nodiscard]] bool is_finished() const { return finished_; }

 private:
  [[nodiscard]] Result<> send(std::string_view bytes, Last last);
  [[nodiscard]] Result<> send_some(std::string_view& bytes, Last last);

  channel::Channel& channel_;
  scoreboard::Recorder* recorder_;
  RequestBody* body_;
  std::string head_;  // encoded
  bool has_head_ = false;
  bool head_sent_ = false;
  bool finished_ = false;
  std::optional<Error> error_;  // why nothing can be sent any more
};

}  // namespace warp::worker
