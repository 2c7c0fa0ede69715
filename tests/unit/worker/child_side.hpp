// httpd's child as the worker's tests play it: requests out, responses in.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "channel/channel.hpp"
#include "wire/bytes.hpp"
#include "wire/request_head.hpp"
#include "wire/response_head.hpp"

namespace warp::worker {

inline constexpr channel::Timeouts kTestTimeouts{.receive = std::chrono::seconds(20),
                                                 .send = std::chrono::seconds(20)};

struct ChannelPair {
  channel::Channel child;
  channel::Channel worker;
};

inline ChannelPair make_channel_pair(const channel::Timeouts& timeouts = kTestTimeouts) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  return {channel::Channel::adopt(UniqueFd(ends[0]), wire::Receiver::kChild, timeouts).value(),
          channel::Channel::adopt(UniqueFd(ends[1]), wire::Receiver::kWorker, timeouts).value()};
}

struct TestRequest {
  std::string_view method = "GET";
  std::string_view uri = "/";
  std::string_view id = {};  // warp.request_id
  wire::BodyKind body = wire::BodyKind::kNone;
  std::uint64_t body_length = 0;
  std::string_view preload = {};
  bool is_whole = false;
};

inline wire::RequestHead head_of(const TestRequest& request) {
  wire::RequestHead head;
  head.request_id = 7;
  head.body = request.body;
  head.body_length = request.body_length;
  head.preloaded_length = static_cast<std::uint32_t>(request.preload.size());
  head.preload_is_whole = request.is_whole;
  return head;
}

inline std::string head_payload(const TestRequest& request) {
  std::string payload;
  wire::RequestHeadEncoder encoder(payload, head_of(request));
  encoder.add("REQUEST_METHOD", request.method);
  encoder.add("REQUEST_URI", request.uri);
  if (!request.id.empty()) encoder.add("warp.request_id", request.id);
  EXPECT_TRUE(encoder.finish());
  return payload;
}

inline Result<> send_request(channel::Channel& channel, const TestRequest& request) {
  const std::string payload = head_payload(request);
  const channel::OutgoingFrame head{.type = wire::FrameType::kRequestHead, .payload = payload};
  if (request.preload.empty()) return channel.send(head);
  return channel.send(std::array{head, channel::OutgoingFrame{.type = wire::FrameType::kRequestBody,
                                                              .is_last = request.is_whole,
                                                              .payload = request.preload}});
}

struct TestResponse {
  unsigned status = 0;
  std::string body;
  // How it ended; kResponseHead or kResponseBody with the end flag, kBroken, kRejected, …
  wire::FrameType last{};
};

// Answers credits from `body` on the way.
inline Result<TestResponse> receive_response(channel::Channel& channel,
                                             std::string_view body = {}) {
  TestResponse response;
  while (true) {
    WARP_TRY(const wire::Frame frame, channel.receive());
    response.last = frame.type;
    if (frame.type == wire::FrameType::kResponseHead)
      response.status = wire::decode_response_head(frame.payload).value().status;
    if (frame.type == wire::FrameType::kResponseBody) response.body += frame.payload;
    if (frame.type == wire::FrameType::kCredit) {
      const std::string_view piece =
          body.substr(0, wire::get_number<std::uint32_t>(frame.payload.data()));
      body.remove_prefix(piece.size());
      for (std::string_view rest = piece; !rest.empty() || piece.empty();) {
        const std::string_view part = rest.substr(0, wire::kMaxBodyPayload);
        rest.remove_prefix(part.size());
        WARP_CHECK(channel.send({.type = wire::FrameType::kRequestBody,
                                 .is_last = rest.empty() && body.empty(),
                                 .payload = part}));
        if (piece.empty()) break;
      }
      continue;
    }
    const bool is_over = frame.is_last || frame.type == wire::FrameType::kBroken ||
                         frame.type == wire::FrameType::kRejected;
    if (is_over) return response;
  }
}

}  // namespace warp::worker
