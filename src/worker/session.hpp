// One request on a channel, from its head to the end of its response, on one worker thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "scoreboard/scoreboard.hpp"
#include "wire/request_head.hpp"
#include "worker/application.hpp"
#include "worker/request_limit.hpp"
#include "worker/script_watch.hpp"
#include "worker/serving_thread.hpp"

namespace warp::worker {

// What becomes of the channel.
enum class Afterwards : bool { kClose, kKeep };

// Whether the child can still send on the channel: the body of a request that arrived before a
// worker left can't be fetched.
enum class Intake : bool { kShut, kOpen };

// Who looks on while requests are served; each may be null.
struct SessionWatchers {
  ScriptWatch* script = nullptr;
  ServingThread* thread = nullptr;
  RequestLimit* limit = nullptr;
};

// One per worker thread, used and destroyed on it.
class Session final {
 public:
  Session(ApplicationThread& application, scoreboard::Recorder recorder,
          const SessionWatchers& watchers = {})
      : application_(application), recorder_(recorder), watchers_(watchers) {}

  // Called when the channel has something to read. Does not wait when that is nothing after all;
  // waits, at most the channel's time-outs, for the rest of a request that has begun to arrive.
  [[nodiscard]] Afterwards serve(channel::Channel& channel, Intake intake);

 private:
  struct Request {
    wire::RequestHead head;    // views into head_payload_
    std::string_view preload;  // in the channel's memory or in preload_
  };
  [[nodiscard]] Result<std::optional<Request>> receive_request(channel::Channel& channel);
  [[nodiscard]] Result<std::string_view> receive_preload(channel::Channel& channel,
                                                         const wire::RequestHead& head);
  [[nodiscard]] Afterwards answer(channel::Channel& channel, const Request& request);
  void begin(const wire::RequestHead& head);
  void end();

  ApplicationThread& application_;
  scoreboard::Recorder recorder_;
  SessionWatchers watchers_;
  // Kept from request to request for their memory.
  std::string head_payload_;
  std::string preload_;  // one of several frames
};

}  // namespace warp::worker
