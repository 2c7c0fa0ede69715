#include "unit/python/served.hpp"

#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <thread>

#include "base/log.hpp"
#include "channel/channel.hpp"
#include "python/host.hpp"
#include "wire/bytes.hpp"
#include "wire/environ_key.hpp"
#include "wire/file_part.hpp"
#include "wire/log_record.hpp"
#include "wire/response_head.hpp"

namespace warp::python::testing {
namespace {

using channel::Channel;
using wire::FrameType;

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}

std::array<Channel, 2> make_channel() {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    throw std::runtime_error("socketpair");
  const channel::Timeouts timeouts{.receive = std::chrono::seconds(20),
                                   .send = std::chrono::seconds(20)};
  return {must(Channel::adopt(UniqueFd(fds[0]), wire::Receiver::kChild, timeouts)),
          must(Channel::adopt(UniqueFd(fds[1]), wire::Receiver::kWorker, timeouts))};
}

// httpd's side of one request.
class Child final {
 public:
  Child(Channel end, const Sent& sent) : channel_(std::move(end)), sent_(sent) {
    rest_ = std::string_view(sent.body).substr(sent.preload);
  }

  Received run() {
    while (!received_.is_ended && !received_.is_broken) {
      const auto frame = channel_.receive();
      if (!frame || !take(*frame)) break;
    }
    return std::move(received_);
  }

 private:
  bool take(const wire::Frame& frame) {
    switch (frame.type) {
      case FrameType::kCredit:
        ++received_.credits;
        credit_ = must(wire::Reader(frame.payload).number<std::uint32_t>("credit"));
        return feed();
      case FrameType::kResponseHead:
        take_head(frame.payload);
        break;
      case FrameType::kResponseBody:
        if (!frame.payload.empty()) received_.pieces.emplace_back(frame.payload);
        received_.body += frame.payload;
        if (!feed()) return false;
        break;
      case FrameType::kResponseFile:
        take_file(frame.payload);
        break;
      case FrameType::kInterim:
        received_.hints.push_back(copy_of(must(wire::decode_interim_head(frame.payload)).fields));
        return true;
      case FrameType::kLog: {
        const wire::LogRecord record = must(wire::decode_log_record(frame.payload));
        received_.records.push_back({.level = record.level, .text = std::string(record.text)});
        return true;
      }
      case FrameType::kBroken:
        received_.is_broken = true;
        break;
      default:
        throw std::runtime_error("unexpected frame from the worker");
    }
    received_.is_ended = frame.is_last;
    return sent_.leaves_after == 0 || received_.body.size() < sent_.leaves_after;
  }

  void take_head(std::string_view payload) {
    const wire::ResponseHead head = must(wire::decode_response_head(payload));
    received_.status = head.status;
    received_.reason = head.reason;
    received_.fields = copy_of(head.fields);
  }

  static std::vector<std::pair<std::string, std::string>> copy_of(
      const std::vector<wire::HeaderField>& fields) {
    std::vector<std::pair<std::string, std::string>> copy;
    for (const wire::HeaderField& field : fields) copy.emplace_back(field.name, field.value);
    return copy;
  }

  void take_file(std::string_view payload) {
    const wire::FilePart part = must(wire::decode_file_part(payload));
    const UniqueFd file = channel_.take_descriptor();
    std::string bytes(part.length, '\0');
    const ssize_t count =
        ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(part.offset));
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    received_.body += bytes;
    ++received_.files;
  }

  // Answers the open credit, if there is one and it is time.
  bool feed() {
    if (credit_ == 0 || received_.body.size() < sent_.feeds_after) return true;
    const std::size_t credit = std::exchange(credit_, 0);
    if (rest_.empty() && sent_.aborts_body)
      return channel_.send({.type = FrameType::kRequestAbort}).has_value();
    const std::string_view piece = rest_.substr(0, std::min(credit, sent_.piece));
    rest_.remove_prefix(piece.size());
    const bool is_last = rest_.empty() && !sent_.aborts_body;
    return channel_.send({.type = FrameType::kRequestBody, .is_last = is_last, .payload = piece})
        .has_value();
  }

  Channel channel_;
  const Sent& sent_;
  std::string_view rest_;
  std::size_t credit_ = 0;
  Received received_;
};

wire::RequestHead make_head(const Sent& sent) {
  wire::RequestHead head;
  head.request_id = 7;
  head.body = sent.body_kind;
  if (sent.body_kind == wire::BodyKind::kSized)
    head.body_length = sent.announced != 0 ? sent.announced : sent.body.size();
  head.preloaded_length = static_cast<std::uint32_t>(sent.preload);
  head.preload_is_whole = sent.body_kind != wire::BodyKind::kNone &&
                          sent.preload == sent.body.size() && !sent.aborts_body;
  const auto add = [&head](std::string_view name, std::string_view value) {
    head.environ.push_back({wire::environ_code(name), name, value});
  };
  add("REQUEST_METHOD", sent.method);
  add("REQUEST_URI", sent.uri.empty() ? sent.path : sent.uri);
  add("QUERY_STRING", sent.query);
  add("SCRIPT_NAME", "");
  add("PATH_INFO", sent.path);
  add("SERVER_NAME", "localhost");
  add("SERVER_PORT", "80");
  add("SERVER_PROTOCOL", "HTTP/1.1");
  add("wsgi.url_scheme", "http");
  for (const auto& [name, value] : sent.environ) add(name, value);
  return head;
}

Received serve_with(worker::ApplicationThread& thread, const Sent& sent) {
  auto [child_end, worker_end] = make_channel();
  Received received;
  std::jthread child([&received, &sent, end = std::move(child_end)]() mutable {
    received = Child(std::move(end), sent).run();
  });
  {
    Channel channel = std::move(worker_end);
    const wire::RequestHead head = make_head(sent);
    worker::Outlet outlet(channel);
    worker::RequestBody body(channel, outlet, head,
                             std::string_view(sent.body).substr(0, sent.preload));
    worker::Response response(outlet);
    worker::RequestLog log(outlet);
    worker::Exchange exchange{.head = head, .body = body, .response = response, .log = log};
    thread.serve(exchange);
    if (!response.is_finished()) response.fail();
  }
  child.join();
  return received;
}

// One interpreter per program; stopped before static objects go.
struct TestHost {
  Host host{test_config(), figures::Series::map(figures::Series::create()->get()).value()};
  std::unique_ptr<worker::ApplicationThread> thread;
  TestHost() {
    start_log("warp-worker", LogLevel::kWarn);
    if (auto loaded = host.load(); !loaded) throw std::runtime_error(describe(loaded.error()));
    thread = host.attach();
  }
  ~TestHost() {
    thread.reset();
    host.stop();
  }
};

TestHost& test_host() {
  static TestHost host;
  return host;
}

}  // namespace

std::string Received::field(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

std::string Received::log() const {
  std::string log;
  for (const Logged& record : records) log += record.text + "\n";
  return log;
}

wire::GroupConfig test_config() {
  wire::GroupConfig config;
  config.name = "tests";
  config.target = WARP_TEST_FOLDER "/apps/apps.py";
  config.sendfile_paths = {WARP_TEST_FOLDER "/files"};
  return config;
}

Received serve(const Sent& sent) { return serve_with(*test_host().thread, sent); }

Received serve_on_new_thread(const Sent& sent) {
  TestHost& host = test_host();
  Received received;
  std::jthread([&] {
    const auto thread = host.host.attach();
    received = serve_with(*thread, sent);
  }).join();
  return received;
}

worker::Inspector& inspector() { return *test_host().host.inspector(); }

void with_python(const std::function<void(Gil&)>& function) {
  (void)test_host();
  PyThreadState* const state = PyThreadState_New(PyInterpreterState_Main());
  {
    Gil gil(state);
    function(gil);
    PyThreadState_Clear(state);
  }
  PyThreadState_Delete(state);
}

CapturedLog::CapturedLog()
    : saved_(::dup(STDERR_FILENO)), file_(::memfd_create("log", MFD_CLOEXEC)) {
  ::dup2(file_, STDERR_FILENO);
}

CapturedLog::~CapturedLog() {
  ::dup2(saved_, STDERR_FILENO);
  ::close(saved_);
  ::close(file_);
}

std::string CapturedLog::text() const {
  std::string text;
  std::array<char, 4096> block;
  for (ssize_t count = 0;
       (count = ::pread(file_, block.data(), block.size(), static_cast<off_t>(text.size()))) > 0;)
    text.append(block.data(), static_cast<std::size_t>(count));
  return text;
}

}  // namespace warp::python::testing
