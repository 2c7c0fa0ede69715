// One request on a channel, from its head to the end of its response, on one worker thread.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/request_head.hpp"
#include "worker/application.hpp"

namespace warp::worker {

// What becomes of the channel.
enum class Afterwards : bool { kClose, kKeep };

// Whether the child can still send on the channel: the body of a request that arrived before a
// worker left can't be fetched.
enum class Intake : bool { kShut, kOpen };

// One per worker thread, used and destroyed on it.
class Session final {
 public:
  Session(ApplicationThread& application, scoreboard::Recorder recorder)
      : application_(application), recorder_(recorder) {}

  // Called when the channel has something to read. Does not wait when that is nothing after all;
  // waits, at most the channel's time-outs, for the rest of a request that has begun to arrive.
  [[nodiscard]] Afterwards serve(channel::Channel& channel, Intake intake);

 private:
  struct Request {
    wire::RequestHead head;  // views into head_payload_
    std::string preload;
  };
  [[nodiscard]] Result<std::optional<Request>> receive_request(channel::Channel& channel);
  [[nodiscard]] Afterwards answer(channel::Channel& channel, Request request);

  ApplicationThread& application_;
  scoreboard::Recorder recorder_;
  std::string head_payload_;  // kept from request to request for its memory
};

}  // namespace warp::worker
